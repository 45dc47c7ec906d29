using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Chaos;

/// <summary>Every due text was sent once, as Twilio counts them, and ledger, messages and channels tell the same.</summary>
internal static class AuditOfTexts
{
    public static async Task Texts(this Audit audit, IReadOnlyCollection<TwilioStandIn.Text> texts, IReadOnlyList<Book> books)
    {
        var messages = await audit.Db.Set<OutboundMessage>().AsNoTracking().ToListAsync();
        var sent = texts.ToLookup(text => text.MessageId);
        audit.Find("sent more than once", sent.Where(same => same.Count() > 1).Select(same => same.Key));
        audit.Find("said to be sent and unknown to Twilio", messages.Where(row => row.State == OutboundState.Sent && !sent.Contains(row.Id)).Select(row => row.Id));
        audit.Find("known to Twilio by another id", messages.Where(row => sent[row.Id].FirstOrDefault() is { } text && text.Sid != row.ProviderId).Select(row => row.Id));
        audit.Find("sent though it was held back", messages.Where(row => IsHeldBack(row) && sent.Contains(row.Id)).Select(row => row.Id));
        audit.Find("not sent", messages.Where(row => row.State != OutboundState.Sent && !IsHeldBack(row)).Select(row => (row.Id, row.State, row.FailureCode, row.Reference)));
        audit.Find("not delivered, though it was", messages.Where(row => row.State == OutboundState.Sent && row.Delivery != DeliveryState.Delivered).Select(row => (row.Id, row.Delivery)));
        audit.Find("still claimed", messages.Where(row => row.Claim != null).Select(row => row.Id));
        audit.Find("attempt without an end", await audit.Db.Set<Attempt>().Where(attempt => attempt.SettledAt == null).Select(attempt => attempt.OutboundMessageId).ToListAsync());

        var ledger = await audit.Db.Set<PlannedMessage>().AsNoTracking().ToListAsync();
        var bySubject = messages.Where(row => !IsHeldBack(row)).ToLookup(row => row.Reference, StringComparer.Ordinal);
        audit.Find("sent by the ledger and not one message", ledger.Where(row => row.State == PlanState.Sent
            && bySubject[PlannedMessage.ReferenceOf(row.Id)].Select(message => (long?)message.Id).ToList() is var ids && (ids is not [var id] || id != row.OutboundMessageId)).Select(row => row.Id));
        audit.Find("message of no ledger row", messages.Where(row => !IsHeldBack(row)).Where(row => PlannedMessage.ReadReference(row.Reference) is not { } id
            || ledger.Find(planned => planned.Id == id) is not { State: PlanState.Sent }).Select(row => row.Id));
        audit.Find("planned and still claimed", ledger.Where(row => row.Claim != null).Select(row => row.Id));
        audit.Find("broke off for good", ledger.Where(row => row.Reason == Reasons.Failed).Select(row => row.Id));
        await audit.Due(ledger, books);

        var lines = await audit.Db.Set<ChannelLine>().AsNoTracking().Where(line => line.Kind == LineKind.Outbound).ToListAsync();
        var said = lines.CountBy(line => line.OutboundMessageId ?? 0).ToDictionary();
        audit.Find("not one line of its channel", messages.Where(row => said.GetValueOrDefault(row.Id) != 1).Select(row => row.Id));
    }

    /// <summary>Of the messages about a visit, in the order of their arrival.</summary>
    private static async Task<string> Became(this Audit audit, string visit) => string.Join(", ", await audit.Db.Set<InboxMessage>()
        .Where(row => row.AppointmentKey == visit).OrderBy(row => row.Id).Select(row => $"{row.Event} {row.ControlId} {row.PatientKey} {row.State}").ToListAsync());

    /// <summary>Decided again just before it would have left, because the visit had changed since.</summary>
    private static bool IsHeldBack(OutboundMessage message) =>
        message.State == OutboundState.Failed && FailureWords.WasHeldBack(message.FailureCode);

    /// <summary>The EMR's book says what patients had to be told last.</summary>
    private static async Task Due(this Audit audit, List<PlannedMessage> ledger, IReadOnlyList<Book> books)
    {
        var rules = await audit.Db.Set<Trigger>().ToDictionaryAsync(trigger => trigger.Id, trigger => trigger.Name);
        var visits = await audit.Db.Set<Appointment>().AsNoTracking().ToDictionaryAsync(row => row.ExternalId, StringComparer.Ordinal);
        foreach (var entry in books.SelectMany(book => book.Visits).Where(entry => visits.ContainsKey(entry.Visit.Id)))
        {
            var visit = visits[entry.Visit.Id];
            var rows = ledger.FindAll(row => row.SubjectId == visit.Id);
            var booked = rows.Count(row => rules[row.TriggerId] == "Booked");
            if (booked != 1)
                audit.Find($"{entry.Visit.Id} has not one plan for its booking", [(booked, await audit.Became(entry.Visit.Id))]);
            var last = entry.Moves == 0 ? "Booked" : "Moved";
            var told = rows.Where(row => rules[row.TriggerId] == last).MaxBy(row => row.Anchor);
            if (!entry.Cancelled && told is not { State: PlanState.Sent })
                audit.Find($"{entry.Visit.Id} was not told of last", [(last, told?.State, told?.Reason, told?.Detail, await audit.Became(entry.Visit.Id))]);
        }
    }
}
