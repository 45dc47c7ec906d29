using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Demo;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Every answer was applied once, and the EMR has heard of it, at least once and in order.</summary>
internal static class AuditOfAnswers
{
    private static readonly string[] AnswerEvents = [ChannelEvent.Confirmed, ChannelEvent.CancelRequested];

    public static async Task Answers(this Audit audit, IReadOnlyDictionary<string, (string From, string Words)> replies)
    {
        var texts = await audit.Db.Set<InboundText>().AsNoTracking().ToListAsync();
        audit.Find("texted and not kept once", replies.Keys.Where(sid => texts.Count(text => text.ProviderId == sid) != 1));
        audit.Find("kept and never texted", texts.Where(text => !replies.ContainsKey(text.ProviderId)).Select(text => text.Id));
        audit.Find("text still claimed", texts.Where(text => text.Claim != null).Select(text => text.Id));
        audit.Find("misunderstood", texts.Where(text => text.Meaning != "plain" && text.Meaning != Meant(text.Body)).Select(text => (text.Id, text.Meaning)));

        var lines = await audit.Db.Set<ChannelLine>().AsNoTracking().Where(line => line.Kind != LineKind.Outbound).ToListAsync();
        var heard = lines.Where(line => line.Kind == LineKind.Inbound).CountBy(line => line.InboundTextId ?? 0).ToDictionary();
        audit.Find("text not one line of its channel", texts.Where(text => heard.GetValueOrDefault(text.Id) != 1).Select(text => text.Id));

        // Of one channel: what was understood as an answer, and what was done about it.
        var channels = lines.Where(line => line.Kind == LineKind.Inbound).ToDictionary(line => line.InboundTextId!.Value, line => line.ChannelId);
        var answers = texts.Where(text => text.Meaning is "confirm" or "cancel").CountBy(text => channels.GetValueOrDefault(text.Id)).ToDictionary();
        var done = lines.Where(line => AnswerEvents.Contains(line.Event)).CountBy(line => line.ChannelId).ToDictionary();
        audit.Find("answered more often than was done", answers.Where(pair => done.GetValueOrDefault(pair.Key) > pair.Value));
        audit.Find("done without an answer", done.Where(pair => !answers.ContainsKey(pair.Key)));
        await audit.Statuses(lines);
    }

    public static async Task WriteBacks(this Audit audit, IReadOnlyList<ReceivedAnswer> heard)
    {
        var rows = await audit.Db.Set<PendingWriteBack>().AsNoTracking().ToListAsync();
        var taken = heard.Where(answer => answer.How is SimulatedAnswer.Accept or SimulatedAnswer.Late).Select(answer => answer.ControlId).ToHashSet(StringComparer.Ordinal);
        audit.Find("not well-formed", heard.Where(answer => answer.Problem is not null).Select(answer => answer.Problem));
        audit.Find("written back and never heard", rows.Where(row => row is { State: WriteBackState.Done, Cause: null } && !taken.Contains(row.ControlId!)).Select(row => row.Id));
        audit.Find("heard and never written", heard.Select(answer => answer.ControlId).Except(rows.Select(row => row.ControlId), StringComparer.Ordinal));
        audit.Find("parked for another reason than that the visit changed", rows
            .Where(row => row.State == WriteBackState.Parked && row.Cause is not (Causes.Moved or Causes.Cancelled)).Select(row => (row.Id, row.Cause)));

        var numbers = rows.Where(row => row.ControlId is not null).ToDictionary(row => row.ControlId!, row => row.Id, StringComparer.Ordinal);
        foreach (var visit in heard.GroupBy(answer => answer.AppointmentId, answer => numbers.GetValueOrDefault(answer.ControlId), StringComparer.Ordinal))
            audit.Find($"{visit.Key} was heard out of order", visit.Zip(visit.Skip(1)).Where(pair => pair.First > pair.Second));

        var events = await audit.Db.Set<ChannelLine>().Where(line => AnswerEvents.Contains(line.Event)).GroupBy(line => line.AppointmentId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key!.Value, group => group.Count);
        audit.Find("answers and write-backs differ in number", events.Where(pair => rows.Count(row => row.AppointmentId == pair.Key) != pair.Value));
    }

    /// <summary>The visit stands as its own history in the channel says.</summary>
    private static async Task Statuses(this Audit audit, List<ChannelLine> lines)
    {
        var visits = await audit.Db.Set<Appointment>().AsNoTracking().Where(row => row.SystemStatus == EmrStatus.Booked).ToListAsync();
        var history = lines.Where(line => line.AppointmentId is not null && (AnswerEvents.Contains(line.Event) || line.Event == ChannelEvent.Changed))
            .GroupBy(line => line.AppointmentId!.Value).ToDictionary(group => group.Key, group => group.MaxBy(line => line.At)!.Event);
        audit.Find("visit does not stand as it was answered", visits
            .Where(visit => visit.PatientStatus != Status(history.GetValueOrDefault(visit.Id)))
            .Select(visit => (visit.ExternalId, visit.PatientStatus, history.GetValueOrDefault(visit.Id))));
    }

    private static PatientStatus Status(string? happened) => happened switch
    {
        ChannelEvent.Confirmed => PatientStatus.Confirmed,
        ChannelEvent.CancelRequested => PatientStatus.Cancelled,
        _ => PatientStatus.Unconfirmed,
    };

    private static string Meant(string words) => words switch
    {
        "Y" => "confirm",
        "n" => "cancel",
        _ => "plain",
    };
}
