using System.Globalization;
using Artera.Integration.Mapping.Hl7;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_a_timestamp_is_read
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00 Year ")]
    [InlineData("202603", "2026-03-01T00:00:00 Month ")]
    [InlineData("20260310", "2026-03-10T00:00:00 Day ")]
    [InlineData("2026031009", "2026-03-10T09:00:00 Hour ")]
    [InlineData("202603100930", "2026-03-10T09:30:00 Minute ")]
    [InlineData("20260310093015", "2026-03-10T09:30:15 Second ")]
    [InlineData("20260310093015.1", "2026-03-10T09:30:15.1 Second ")]
    [InlineData("20260310093015.1234", "2026-03-10T09:30:15.1234 Second ")]
    [InlineData("20260310093015.123456789012", "2026-03-10T09:30:15.123456789 Second ")]
    [InlineData("2026031009301500", "2026-03-10T09:30:15 Second ")]
    [InlineData("20260310093015123", "2026-03-10T09:30:15.123 Second ")]
    [InlineData("20260310093015-0600", "2026-03-10T09:30:15 Second -06")]
    [InlineData("202603100930+0530", "2026-03-10T09:30:00 Minute +05:30")]
    [InlineData("20260310093015+00", "2026-03-10T09:30:15 Second +00")]
    [InlineData("20260310093015.12-03:30", "2026-03-10T09:30:15.12 Second -03:30")]
    [InlineData("20260310093015Z", "2026-03-10T09:30:15 Second +00")]
    [InlineData("20260310+0000", "2026-03-10T00:00:00 Day +00")]
    [InlineData(" 20260310 ", "2026-03-10T00:00:00 Day ")]
    [InlineData("20260310240000", "2026-03-11T00:00:00 Second ")]
    [InlineData("20240229", "2024-02-29T00:00:00 Day ")]
    public void It_means_what_it_says(string text, string expected)
    {
        Hl7Timestamp.TryParse(text, out var value).ShouldBeTrue();
        var local = LocalDateTimePattern.ExtendedIso.Format(value.Local);
        $"{local} {value.Precision} {value.Offset?.ToString("g", CultureInfo.InvariantCulture)}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("00000000000000")]
    [InlineData("00000000000000+0000")]
    [InlineData("00000000000000.0000")]
    public void Only_zeros_say_nothing(string text)
    {
        Hl7Timestamp.TryParse(text, out var value).ShouldBeTrue();
        value.IsAbsent.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => value.Resolve(Chicago));
    }

    [Theory]
    [InlineData("0930")]
    [InlineData("1430")]
    [InlineData("093015")]
    [InlineData("20261")]
    [InlineData("202613")]
    [InlineData("20260230")]
    [InlineData("20250229")]
    [InlineData("2026031025")]
    [InlineData("202603100960")]
    [InlineData("20260310093060")]
    [InlineData("20260310240001")]
    [InlineData("20260310.5")]
    [InlineData("20260310093015+")]
    [InlineData("20260310093015+6")]
    [InlineData("20260310093015+060")]
    [InlineData("20260310093015+9900")]
    [InlineData("20260310093015+0a00")]
    [InlineData("2026-03-10")]
    [InlineData("03/10/2026")]
    [InlineData("tomorrow")]
    [InlineData("٢٠٢٦")]
    [InlineData(".")]
    [InlineData("+0000")]
    public void Anything_else_is_refused(string text) => Hl7Timestamp.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("20260310093000", null, "2026-03-10T14:30:00Z")]
    [InlineData("20260310093000", -8, "2026-03-10T17:30:00Z")]
    [InlineData("20260310093000+0100", -8, "2026-03-10T08:30:00Z")]
    [InlineData("20260308023000", null, "2026-03-08T08:30:00Z")]
    [InlineData("20260308030000", null, "2026-03-08T08:00:00Z")]
    [InlineData("20261101013000", null, "2026-11-01T06:30:00Z")]
    [InlineData("20260310", null, "2026-03-10T05:00:00Z")]
    public void It_is_an_instant_in_the_zone_of_the_feed(string text, int? messageHours, string expected)
    {
        Hl7Timestamp.TryParse(text, out var value).ShouldBeTrue();
        var instant = value.Resolve(Chicago, messageHours is { } hours ? Offset.FromHours(hours) : null);
        InstantPattern.General.Format(instant).ShouldBe(expected);
    }

    [Theory]
    [InlineData("19800229", "1980-02-29")]
    [InlineData("19800229235959-1200", "1980-02-29")]
    [InlineData("1980", null)]
    [InlineData("198002", null)]
    public void A_birth_date_is_the_date_as_written(string text, string? expected)
    {
        Hl7Timestamp.TryParse(text, out var value).ShouldBeTrue();
        (value.Date is { } date ? LocalDatePattern.Iso.Format(date) : null).ShouldBe(expected);
    }

    [Fact]
    public void A_day_has_no_time_of_day()
    {
        Hl7Timestamp.TryParse("20260310", out var day).ShouldBeTrue();
        Hl7Timestamp.TryParse("2026031000", out var midnight).ShouldBeTrue();
        day.HasTime.ShouldBeFalse();
        midnight.HasTime.ShouldBeTrue();
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.Char["0123456789+-.:Z 9"].Array[0, 24].Sample(chars =>
        {
            if (Hl7Timestamp.TryParse(chars, out var value) && !value.IsAbsent) value.Resolve(Chicago);
        });
}
