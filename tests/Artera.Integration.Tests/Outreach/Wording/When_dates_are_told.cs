using System.Globalization;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach.Wording;
using NodaTime;

namespace Artera.Integration.Tests.Outreach.Wording;

public sealed class When_dates_are_told
{
    private static readonly LocalDateTime At = new(2026, 11, 24, 15, 5);
    private static readonly LocalDate Today = new(2026, 11, 10);

    [Theory]
    [InlineData("en", "Tuesday, November 24 at 3:05 PM", "Nov 24, 3:05 PM")]
    [InlineData("en-US", "Tuesday, November 24 at 3:05 PM", "Nov 24, 3:05 PM")]
    [InlineData("en-GB", "Tuesday 24 November at 15:05", "24 Nov, 15:05")]
    [InlineData("es", "martes, 24 de noviembre a las 15:05", "24 nov, 15:05")]
    [InlineData("es-MX", "martes, 24 de noviembre a las 15:05", "24 nov, 15:05")]
    [InlineData("ar", "الثلاثاء 24 نوفمبر الساعة 3:05 م", "24 نوفمبر، 3:05 م")]
    [InlineData("fr", "mardi 24 novembre à 15:05", "24 nov., 15:05")]
    [InlineData("pt", "terça-feira, 24 de novembro às 15:05", "24 nov., 15:05")]
    [InlineData("ru", "вторник, 24 ноября в 15:05", "24 нояб., 15:05")]
    [InlineData("zh", "11月24日星期二15:05", "11月24日, 15:05")]
    public void They_are_told_as_people_of_that_language_do(string language, string told, string shortly)
    {
        var words = DateWords.In(language);
        words.DateAtTime(At, Today).ShouldBe(told);
        words.DateAtTimeShort(At).ShouldBe(shortly);
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("fa")]
    [InlineData("th")]
    [InlineData("he")]
    [InlineData("ar-EG")]
    public void The_calendar_is_the_practices_and_the_digits_are_plain(string language)
    {
        var told = DateWords.In(language).DateAtTime(At, Today);
        told.ShouldContain("24");
        told.ShouldContain("05");
        told.Where(char.IsDigit).ShouldAllBe(digit => digit >= '0' && digit <= '9');
        DateWords.In(language).Date(At.Date.PlusYears(1), Today).ShouldContain("2027");
    }

    [Fact]
    public void A_day_far_off_has_its_year() =>
        DateWords.In("en").Date(new LocalDate(2027, 11, 23), Today).ShouldBe("Tuesday, November 23, 2027");

    [Fact]
    public void An_unknown_language_still_tells_the_day() =>
        DateWords.In("qaa").DateAtTime(At, Today).ShouldContain("24");

    [Fact]
    public void English_fits_the_cheap_alphabet() =>
        SmsLength.Of(DateWords.In("en").DateAtTime(At, Today)).IsUnicode.ShouldBeFalse();

    [Theory]
    [InlineData("es-MX", "es")]
    [InlineData("es", "es")]
    [InlineData("zh-Hant-TW", "zh")]
    [InlineData("ar-EG", "ar-SA")]
    [InlineData("vi", "en")]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    public void A_text_is_chosen_by_the_nearest_language(string? wanted, string chosen) =>
        Languages.Choose(["en", "es", "zh", "ar-SA"], wanted, "en-US").ShouldBe(chosen);

    [Theory]
    [InlineData("ar", true)]
    [InlineData("he", true)]
    [InlineData("fa", true)]
    [InlineData("ur", true)]
    [InlineData("es", false)]
    public void Languages_run_their_way(string language, bool rightToLeft) => Languages.IsRightToLeft(language).ShouldBe(rightToLeft);
}
