using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Inbound.Extracts;

public enum OrderKind
{
    Recall,
    Referral,
}

/// <summary>A line of an extract: what it says of a recall or a referral, or what is wrong with it.</summary>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Problem">A stable word and, after a space, the column; never what the cell says.</param>
internal sealed record OrderLine(int Line, EmrEvent? Said, MessageVersion Version, string? Problem = null)
{
    private const int LongestIdentifier = 200;

    public static OrderLine Read(int line, OrderKind kind, Dictionary<string, string> cells, DateTimeZone zone, Instant now)
    {
        var problem = Missing("id") ?? Missing("patient");
        var change = Cell("status")?.ToUpperInvariant() switch
        {
            null or "ACTIVE" or "OPEN" => OrderChange.Active,
            "COMPLETED" or "COMPLETE" or "DONE" => OrderChange.Completed,
            "CANCELLED" or "CANCELED" => OrderChange.Cancelled,
            _ => (OrderChange?)null,
        };
        problem ??= change is null ? "unknown-status status" : null;
        var (due, expires, born) = (Day("due"), Day("expires"), Day("born"));
        var changed = Changed(Cell("changed"), zone);
        problem ??= Cell("changed") is not null && changed is null ? "no-time changed" : null;
        if (problem is not null)
            return new(line, null, MessageVersion.None, problem);

        var patient = new PatientFacts
        {
            Id = Cell("patient")!,
            Given = Said("given"),
            Family = Said("family"),
            Born = born,
            Language = Said("language"),
            Cell = Said("cell"),
            Home = Said("home"),
            Work = Said("work"),
            Email = Said("email"),
        };
        EmrEvent said = kind == OrderKind.Recall
            ? new RecallChanged
            {
                Patient = patient,
                Change = change!.Value,
                Id = Cell("id")!,
                Due = due,
                Type = Coded("type"),
                Priority = Said("priority"),
                Provider = Coded("provider"),
                Location = Coded("location"),
            }
            : new ReferralChanged
            {
                Patient = patient,
                Change = change!.Value,
                Id = Cell("id")!,
                Expires = expires,
                Type = Coded("type"),
                Priority = Said("priority"),
                Provider = Coded("provider"),
                Location = Coded("location"),
                SchedulingStatus = Said("scheduling-status"),
                AuthorizationStatus = Said("authorization-status"),
            };
        return new(line, said, new(changed ?? now, ""));

        string? Cell(string column) => cells.GetValueOrDefault(OrderColumns.Plain(column));

        string? Missing(string column) => Cell(column) is not { } value ? $"missing {column}" : value.Length > LongestIdentifier ? $"too-long {column}" : null;

        Stated<string> Said(string column) => Cell(column) is { } value ? value : Stated<string>.Nothing;

        Stated<Coded> Coded(string column) => Cell(column) is { } code ? new Coded(code, Cell($"{column}-name")) : Stated<Coded>.Nothing;

        Stated<LocalDate> Day(string column)
        {
            if (Cell(column) is not { } text)
                return Stated<LocalDate>.Nothing;
            if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
                return day;
            problem ??= $"no-date {column}";
            return Stated<LocalDate>.Nothing;
        }
    }

    private static Instant? Changed(string? text, DateTimeZone zone)
    {
        if (text is null)
            return null;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var offset })
            return offset.ToInstant();
        var local = LocalDateTimePattern.GeneralIso.Parse(text) is { Success: true, Value: var time } ? time
            : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day.AtMidnight()
            : (LocalDateTime?)null;
        return local?.InZoneLeniently(zone).ToInstant();
    }
}
