using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Artera.Integration.Enterprise;

/// <summary>What is set up, as <see cref="EnterpriseImport"/> would read it.</summary>
public static class EnterpriseExport
{
    /// <param name="parts">What another room adds to a practice: its own triggers, and what it makes of the defaults.</param>
    public static async Task<EnterpriseFile> Of(
        IntegrationDb db, HealthSystem system, Func<Practice, (EnterpriseFilePart? Triggers, EnterpriseFilePart? DefaultTriggers)> parts, CancellationToken cancellation)
    {
        var practices = await db.Set<Practice>().AsNoTracking().Where(row => row.HealthSystemId == system.Id).ToListAsync(cancellation);
        var lines = await db.Set<Line>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation);
        var resources = await db.Set<Resource>().AsNoTracking().ToListAsync(cancellation);
        var types = await db.Set<EventType>().AsNoTracking().ToListAsync(cancellation);
        var holidays = await db.Set<Holiday>().AsNoTracking().Where(row => row.HealthSystemId == system.Id).ToListAsync(cancellation);
        return new()
        {
            Name = system.Name,
            BaseLanguage = system.BaseLanguage,
            TestFamilyName = system.TestFamilyName,
            TestNumbers = system.TestNumbers,
            Practices = [.. practices.OrderBy(row => row.Name, StringComparer.Ordinal).Select(Practice)],
            EventTypes =
            [
                .. types.OrderBy(row => row.Emr, StringComparer.Ordinal).ThenBy(row => row.ExternalId, StringComparer.Ordinal)
                    .Select(row => new EnterpriseFile.EventTypeEntry { Id = row.ExternalId, Emr = row.Emr, Name = row.Name, Instructions = row.Instructions, Completes = row.Completes }),
            ],
            Holidays = Holidays(practiceId: null),
        };

        EnterpriseFile.PracticeEntry Practice(Practice practice)
        {
            var (triggers, defaults) = parts(practice);
            return new()
            {
                Name = practice.Name,
                TimeZone = practice.TimeZone,
                Hours = practice.Hours.Open.ConvertAll(open => new EnterpriseFile.OpenEntry { Day = open.Day, From = open.From, To = open.To }),
                ConfirmText = practice.ConfirmText,
                Lines = [.. lines.Where(row => row.PracticeId == practice.Id).Select(row => new EnterpriseFile.LineEntry { Number = row.Number, Name = row.Name, OneWay = row.OneWay })],
                Resources =
                [
                    .. resources.Where(row => row.PracticeId == practice.Id)
                        .OrderBy(row => row.Emr, StringComparer.Ordinal).ThenBy(row => row.Kind).ThenBy(row => row.ExternalId, StringComparer.Ordinal).Select(Resource),
                ],
                Holidays = Holidays(practice.Id),
                Triggers = triggers,
                DefaultTriggers = defaults,
            };
        }

        EnterpriseFile.ResourceEntry Resource(Resource row) => new()
        {
            Kind = row.Kind,
            Id = row.ExternalId,
            Emr = row.Emr,
            Name = row.Name,
            Line = lines.Find(line => line.Id == row.LineId)?.Number,
            Address = row.Address,
            Phone = row.Phone,
        };

        List<EnterpriseFile.HolidayEntry> Holidays(long? practiceId) =>
        [
            .. holidays.Where(row => row.PracticeId == practiceId).OrderBy(row => row.Date)
                .Select(row => new EnterpriseFile.HolidayEntry { Date = LocalDatePattern.Iso.Format(row.Date), Name = row.Name, Yearly = row.Yearly, OpenAnyway = row.OpenAnyway }),
        ];
    }
}
