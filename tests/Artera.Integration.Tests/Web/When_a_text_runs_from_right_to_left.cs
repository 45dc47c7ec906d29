using Artera.Integration.Web.Components;

namespace Artera.Integration.Tests.Web;

public sealed class When_a_text_runs_from_right_to_left
{
    [Theory]
    [InlineData("مرحبًا", "rtl")]
    [InlineData("\u2068Example Clinic\u2069: مرحبًا \u2068Ana\u2069", "rtl")]
    [InlineData("\u2066(202) 555-0101\u2069 שלום", "rtl")]
    [InlineData("Example Clinic: مرحبًا", "ltr")]
    [InlineData("Hola, Ana", "ltr")]
    [InlineData("1 👍", "auto")]
    [InlineData("\u2068Ana\u2069 1", "auto")]
    [InlineData("\u2069 مرحبًا", "rtl")]
    [InlineData("", "auto")]
    [InlineData(null, "auto")]
    public void It_is_shown_so(string? text, string direction) => Direction.Of(text).ShouldBe(direction);
}
