using System.Globalization;
using FluentValidation;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Enterprise;

internal sealed class EnterpriseFileRules : AbstractValidator<EnterpriseFile>
{
    private const string E164 = @"^\+[1-9]\d{6,14}$";

    public EnterpriseFileRules()
    {
        RuleFor(file => file.Name).NotEmpty();
        RuleFor(file => file.BaseLanguage).NotEmpty();
        RuleForEach(file => file.TestNumbers).Matches(E164).WithMessage("'{PropertyValue}' is no E.164 number, such as +12025550101");
        RuleFor(file => file.Practices).Must(practices => practices.DistinctBy(practice => practice.Name).Count() == practices.Count)
            .WithMessage("two practices have the same name");
        RuleForEach(file => file.Practices).SetValidator(new PracticeRules());
        RuleForEach(file => file.Holidays).SetValidator(new HolidayRules());
        RuleForEach(file => file.EventTypes).ChildRules(type =>
        {
            type.RuleFor(entry => entry.Id).NotEmpty();
            type.RuleFor(entry => entry.Name).NotEmpty();
        });
    }

    private sealed class PracticeRules : AbstractValidator<EnterpriseFile.PracticeEntry>
    {
        public PracticeRules()
        {
            RuleFor(practice => practice.Name).NotEmpty();
            RuleFor(practice => practice.TimeZone).Must(zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null)
                .WithMessage("'{PropertyValue}' is no IANA time zone, such as America/New_York");
            RuleForEach(practice => practice.Lines).ChildRules(line =>
            {
                line.RuleFor(entry => entry.Number).Matches(E164).WithMessage("'{PropertyValue}' is no E.164 number, such as +12025550101");
                line.RuleFor(entry => entry.Name).NotEmpty();
            });
            RuleForEach(practice => practice.Resources).ChildRules(resource =>
            {
                resource.RuleFor(entry => entry.Id).NotEmpty();
                resource.RuleFor(entry => entry.Name).NotEmpty();
            });
            RuleForEach(practice => practice.Resources)
                .Must((practice, resource) => resource.Line is null || practice.Lines.Exists(line => line.Number == resource.Line))
                .WithMessage((_, resource) => $"the practice has no line {resource.Line}");
            RuleForEach(practice => practice.Hours).ChildRules(open =>
            {
                open.RuleFor(entry => entry.Day).IsEnumName(typeof(DayOfWeek));
                open.RuleFor(entry => entry.From).Must(IsClockTime).WithMessage("'{PropertyValue}' is no HH:mm");
                open.RuleFor(entry => entry.To).Must(IsClockTime).WithMessage("'{PropertyValue}' is no HH:mm");
            });
            RuleForEach(practice => practice.Holidays).SetValidator(new HolidayRules());
        }

        private static bool IsClockTime(string text) =>
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private sealed class HolidayRules : AbstractValidator<EnterpriseFile.HolidayEntry>
    {
        public HolidayRules()
        {
            RuleFor(holiday => holiday.Name).NotEmpty();
            RuleFor(holiday => holiday.Date).Must(date => LocalDatePattern.Iso.Parse(date).Success).WithMessage("'{PropertyValue}' is no date yyyy-MM-dd");
        }
    }
}
