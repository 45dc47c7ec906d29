using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// Applies several messages in one transaction, in their order: what they touch is read at once, what they change is
/// written at once. Either all are applied as far as the time allows, or, when one of them throws, none.
/// </summary>
/// <param name="Ids">In the order of arrival.</param>
/// <param name="Least">When to stop and commit if somebody else waits to write, such as the journal with a message that arrived.</param>
/// <param name="Most">When to stop and commit in any case.</param>
internal sealed record ApplyMessages(IReadOnlyList<long> Ids, TimeSpan Least, TimeSpan Most) : IRequest<int>;

internal sealed class ApplyMessagesHandler(ISender sender, IPublisher publisher, IntegrationDb db, FeedBook feeds, WriteGate gate, TimeProvider time)
    : IRequestHandler<ApplyMessages, int>
{
    /// <returns>How many, from the start of the list, have been applied.</returns>
    public async ValueTask<int> Handle(ApplyMessages request, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var messages = await Read(request.Ids, cancellationToken);
        var applied = 0;
        while (applied < messages.Count
            && (applied == 0 || TimeProvider.System.GetElapsedTime(started) < (gate.IsWanted ? request.Least : request.Most)))
        {
            var plain = messages.Skip(applied).TakeWhile(message => message.Says.IsPlain).ToList();
            if (applied == 0 || !messages[applied - 1].Says.IsPlain)
                await ReadAhead(plain, cancellationToken);
            if (plain.Count == 0)
                await StartOver(cancellationToken);
            await sender.Send(new ApplyMessage(messages[applied++].Id), cancellationToken);
            if (plain.Count == 0)
                await StartOver(cancellationToken);
        }

        return applied;
    }

    private async Task<List<(long Id, Understanding Says)>> Read(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var rows = await db.Set<InboxMessage>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellation);
        var understood = db.AtHand<long, Understanding>();
        understood.Expect(ids);
        var messages = rows.ConvertAll(row => (row.Id, Says: Understanding.Of(row, feeds)));
        messages.ForEach(message => understood.Put(message.Id, message.Says));
        return messages;
    }

    private async Task ReadAhead(List<(long Id, Understanding Says)> messages, CancellationToken cancellation)
    {
        foreach (var emr in messages.SelectMany(message => message.Says.Events, (message, happened) => (message.Says.Feed!.Emr, Happened: happened)).GroupBy(pair => pair.Emr, pair => pair.Happened, StringComparer.Ordinal))
        {
            var patients = await db.ReadPatientsAhead(emr.Key, [.. emr.Select(happened => happened.Patient.Id).Distinct(StringComparer.Ordinal)], cancellation);
            var patientIds = patients.ConvertAll(patient => patient.Id);
            var named = emr.OfType<AppointmentChanged>().Select(changed => changed.Appointment.Id).Distinct(StringComparer.Ordinal).ToList();
            var visits = await db.ReadAppointmentsAhead(emr.Key, named, patientIds, time.Now(), cancellation);
            await publisher.Publish(new AppointmentsAtHand(visits, patientIds), cancellation);
        }
    }

    /// <summary>What such a message does is not kept at hand: it finds everything in the database, and so does who comes after it.</summary>
    private async Task StartOver(CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        db.ForgetAtHand();
        db.ChangeTracker.Clear();
    }
}
