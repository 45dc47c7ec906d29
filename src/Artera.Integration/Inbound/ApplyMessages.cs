using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// Applies the next messages of a lane in one transaction, in their order: what they touch is read at once, what they
/// change is written at once. Either all are applied as far as the time allows, or, when one of them throws, none.
/// </summary>
/// <param name="Lane">Null: all there are, because only this process writes.</param>
/// <param name="Take">How many at most.</param>
/// <param name="Length">When to stop and commit, with fewer of them.</param>
internal sealed record ApplyMessages(int? Lane, int Take, TimeSpan Length) : IRequest<int>
{
    /// <summary>When it had its turn to write.</summary>
    public long Started { get; set; }

    /// <summary>The message that is being applied: which one it was when the command throws.</summary>
    public long? Current { get; set; }
}

internal sealed class ApplyMessagesHandler(
    ISender sender, IPublisher publisher, IntegrationDb db, InboxQueue queue, FeedBook feeds, TimeProvider time) : IRequestHandler<ApplyMessages, int>
{
    /// <returns>How many have been applied; none when there are none, or when somebody else is at the lane.</returns>
    public async ValueTask<int> Handle(ApplyMessages request, CancellationToken cancellationToken)
    {
        request.Current = null;
        request.Started = TimeProvider.System.GetTimestamp();
        if (!await Hold(request.Lane, cancellationToken))
            return 0;
        var messages = await Read(await queue.Next(request.Lane, request.Take, cancellationToken), cancellationToken);
        var applied = 0;
        for (var ahead = 0; applied < messages.Count
            && (applied == 0 || TimeProvider.System.GetElapsedTime(request.Started) < request.Length); applied++)
        {
            var (id, says) = messages[applied];
            request.Current = id;
            if (!says.IsPlain)
                await StartOver(cancellationToken);
            else if (applied >= ahead)
                ahead = applied + await ReadAhead([.. messages.Skip(applied).TakeWhile(message => message.Says.IsPlain)], cancellationToken);
            await sender.Send(new ApplyMessage(id), cancellationToken);
            if (!says.IsPlain)
                await StartOver(cancellationToken);
        }

        return applied;
    }

    private async Task<bool> Hold(int? lane, CancellationToken cancellation) =>
        lane is not { } number || db.HoldLane is not { } hold
        || (await db.Database.SqlQueryRaw<int>(hold, number).ToListAsync(cancellation)).Count > 0;

    private async Task<List<(long Id, Understanding Says)>> Read(List<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var rows = await db.Set<InboxMessage>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellation);
        await ReusedControlIds.Note(db, rows, cancellation);
        var understood = db.AtHand<long, Understanding>();
        understood.Expect(ids);
        var messages = rows.ConvertAll(row => (row.Id, Says: Understanding.Of(row, feeds)));
        messages.ForEach(message => understood.Put(message.Id, message.Says));
        return messages;
    }

    private async Task<int> ReadAhead(List<(long Id, Understanding Says)> messages, CancellationToken cancellation)
    {
        foreach (var emr in messages
            .SelectMany(message => message.Says.Events, (message, happened) => (message.Says.Feed!.Emr, Happened: happened))
            .GroupBy(pair => pair.Emr, pair => pair.Happened, StringComparer.Ordinal))
        {
            var patients = await db.ReadPatientsAhead(emr.Key, [.. emr.Select(happened => happened.Patient.Id).Distinct(StringComparer.Ordinal)], cancellation);
            var patientIds = patients.ConvertAll(patient => patient.Id);
            var named = emr.OfType<AppointmentChanged>().SelectMany(changed => new[] { changed.Appointment.Id, changed.Appointment.OtherId }).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var visits = await db.ReadAppointmentsAhead(emr.Key, named, patientIds, time.Now(), cancellation);
            await publisher.Publish(new AppointmentsAtHand(visits, patientIds), cancellation);
        }

        return messages.Count;
    }

    /// <summary>What such a message does is not kept at hand: it finds everything in the database, and so does who comes after it.</summary>
    private async Task StartOver(CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        db.ForgetAtHand();
        db.ChangeTracker.Clear();
    }
}
