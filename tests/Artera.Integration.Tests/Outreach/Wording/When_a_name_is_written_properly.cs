using System.Globalization;
using Artera.Integration.Outreach.Wording;

namespace Artera.Integration.Tests.Outreach.Wording;

public sealed class When_a_name_is_written_properly
{
    [Theory]
    [InlineData("ANA", "Ana")]
    [InlineData("ana", "Ana")]
    [InlineData("MARY-JANE", "Mary-Jane")]
    [InlineData("mary jane", "Mary Jane")]
    [InlineData("O'NEIL", "O'Neil")]
    [InlineData("O’NEIL", "O’Neil")]
    [InlineData("D'ANGELO", "D'Angelo")]
    [InlineData("MCDONALD", "McDonald")]
    [InlineData("MCGRAW-HILL", "McGraw-Hill")]
    [InlineData("MCKENZIE O'BRIEN", "McKenzie O'Brien")]
    [InlineData("MACK", "Mack")]
    [InlineData("DE LA CRUZ", "De la Cruz")]
    [InlineData("MARIA DE LOS ANGELES", "Maria de los Angeles")]
    [InlineData("JUAN DE LA CRUZ", "Juan de la Cruz")]
    [InlineData("VAN DER BERG", "Van der Berg")]
    [InlineData("JOHN SMITH III", "John Smith III")]
    [InlineData("J. R.", "J. R.")]
    [InlineData("  ANA   MARIA ", "Ana Maria")]
    [InlineData("JOSÉ ÁNGEL", "José Ángel")]
    [InlineData("ÅSA", "Åsa")]
    [InlineData("ИВАН", "Иван")]
    [InlineData("ΓΙΩΡΓΟΣ", "Γιωργος")]
    [InlineData("محمد", "محمد")]
    [InlineData("李小龙", "李小龙")]
    [InlineData("NGUYỄN", "Nguyễn")]
    public void It_is_capitalised_as_people_do(string written, string proper) =>
        ProperCase.Of(written, CultureInfo.InvariantCulture).ShouldBe(proper);

    [Theory]
    [InlineData("DeShawn")]
    [InlineData("MacDonald")]
    [InlineData("LaToya")]
    [InlineData("van Gogh")]
    [InlineData("JoAnn")]
    public void What_somebody_wrote_with_care_stays(string written) =>
        ProperCase.Of(written, CultureInfo.InvariantCulture).ShouldBe(written);

    [Fact]
    public void Turkish_keeps_its_two_kinds_of_i() =>
        ProperCase.Of("IŞIL", CultureInfo.GetCultureInfo("tr")).ShouldBe("Işıl");
}
