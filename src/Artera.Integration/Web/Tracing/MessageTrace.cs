using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>One message of the EMR: its bytes, what was read of them by which rule, and what came of it.</summary>
/// <param name="Message">The message as it arrived, its fate, and the acknowledgement.</param>
/// <param name="Reading">How today's mapping reads it; null when it cannot be read at all or its feed is gone.</param>
/// <param name="Acknowledgements">The application acknowledgements that were owed later.</param>
/// <param name="Visits">The appointments that it speaks of, each with everything that happened to it.</param>
/// <param name="Orders">The recalls and referrals that it speaks of, likewise.</param>
public sealed record MessageTrace(
    FeedMessageDetail Message,
    MessageReading? Reading,
    IReadOnlyList<TraceStep> Acknowledgements,
    IReadOnlyList<VisitTrace> Visits,
    IReadOnlyList<OrderTrace> Orders) : IPage
{
    IEnumerable<object?> IPage.Items => [Message, .. Visits, .. Orders];
}

/// <summary>How a mapping reads a message.</summary>
/// <param name="Mapping">The mapping, as the feed's settings name it.</param>
/// <param name="Action">The word that the mapping's <c>events</c> has for the event; null when it is not listed.</param>
/// <param name="Outcome">Understood, Ignored or Held.</param>
/// <param name="Causes">Why, in words.</param>
/// <param name="Commands">What is to be done, in words.</param>
/// <param name="Fields">Each field that was looked for, with the path and table that gave its value.</param>
/// <param name="Unread">What the message says and no rule looked at.</param>
public sealed record MessageReading(
    string Mapping,
    string? Action,
    MappingOutcome Outcome,
    IReadOnlyList<string> Causes,
    IReadOnlyList<string> Commands,
    IReadOnlyList<FieldReading> Fields,
    IReadOnlyList<UnreadField> Unread);

internal sealed class MessageTraces(IntegrationDb db, FeedBook feeds, VisitTraces visits, OrderTraces orders)
{
    public async Task<MessageTrace?> Of(long id, CancellationToken cancellation)
    {
        if (await db.Set<InboxMessage>().AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, cancellation) is not { } row
            || await FeedMessageDetail.Read(feeds, db, row.Feed, id, cancellation) is not { } detail)
        {
            return null;
        }

        var feed = feeds.Find(row.Feed);
        var explanation = feed is null ? null : Explain(feed, row);
        var emr = feed?.Emr ?? row.Feed;
        List<MessageKeys> told = [SubjectKey.Read(row.AppointmentKey), .. (explanation?.Result.Events ?? []).Select(KeysOf)];
        return new MessageTrace(
            detail,
            explanation is null ? null : Reading(feed!, explanation),
            await EmrSteps.Acknowledgements(db, [id], cancellation),
            await visits.Of(emr, Ids(keys => keys.AppointmentId), cancellation),
            await orders.Of(emr, Ids(keys => keys.RecallId), Ids(keys => keys.ReferralId), cancellation));

        HashSet<string> Ids(Func<MessageKeys, string?> id) => told.Select(id).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private static Explanation? Explain(Feed feed, InboxMessage row)
    {
        if (feed.Mapper.File.Form == MessageForm.Fhir)
            return FhirMessage.TryRead(row.Raw, out _) is { } resource ? feed.Mapper.Explain(resource, new MappingContext(feed.Zone, row.ReceivedAt)) : null;
        return Hl7Message.TryRead(row.Raw, out _, feed.Charset) is { } message ? feed.Mapper.Explain(message, new MappingContext(feed.Zone)) : null;
    }

    private static MessageKeys KeysOf(EmrEvent happened) => happened switch
    {
        AppointmentChanged changed => new(null, changed.Appointment.Id),
        RecallChanged recall => new(null, null, RecallId: recall.Id),
        ReferralChanged referral => new(null, null, ReferralId: referral.Id),
        _ => default,
    };

    private static MessageReading Reading(Feed feed, Explanation explanation) => new(
        feed.Options.Mapping,
        explanation.Action,
        explanation.Result.Outcome,
        [.. explanation.Result.Causes.Select(cause => cause.ToString())],
        [.. explanation.Result.Events.Select(Command)],
        explanation.Readings,
        explanation.Unread);

    private static string Command(EmrEvent happened) => happened switch
    {
        AppointmentChanged changed => $"{changed.Change} appointment {changed.Appointment.Id}, update patient {changed.Patient.Id}",
        PatientsMerged merged => $"Merge patient {merged.LosingId} into {merged.Patient.Id}",
        RecallChanged recall => $"{recall.Change} recall {recall.Id} of patient {recall.Patient.Id}",
        ReferralChanged referral => $"{referral.Change} referral {referral.Id} of patient {referral.Patient.Id}",
        _ => $"Update patient {happened.Patient.Id}",
    };
}
