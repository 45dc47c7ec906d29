using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>Lets messages go that waited for a person, a batch in one transaction so that intake goes on in between.</summary>
public sealed class HeldMessages(IServiceScopeFactory scopes, FeedBook feeds, Snapshot<EnterpriseDirectory> enterprise) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Who changes a setting and then lets go what waited for it does both while nobody else lets anything go.</summary>
    public async Task<T> Alone<T>(Func<Task<T>> change, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await change();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Every message that waits for this reason.</summary>
    /// <returns>How many.</returns>
    public Task<int> Decide(HeldCause cause, MessageChoice choice, string who, CancellationToken cancellation) =>
        Decide(messages => messages.WaitingBecauseOf(cause), choice, who, $"feed:{cause.Feed}: {cause.InWords()}", progress: null, cancellation);

    /// <summary>Every message that <paramref name="which"/> says, as far as there are any now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Decide(
        Func<IQueryable<InboxMessage>, IQueryable<InboxMessage>> which, MessageChoice choice, string who, string subject, Action<int>? progress, CancellationToken cancellation)
    {
        var until = await Ask(db => db.Set<InboxMessage>().MaxAsync(message => (long?)message.Id, cancellation));
        var count = 0;
        for (long? after = 0; after is { } from && until is not null;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var batch = await scope.ServiceProvider.GetRequiredService<ISender>().Send(
                new DecideMessages(which, choice, who, subject, from, until.Value), cancellation);
            count += batch.Count;
            after = batch.Last;
            scope.ServiceProvider.GetRequiredService<InboxSignal>().Raise();
            progress?.Invoke(count);
        }

        return count;
    }

    /// <summary>One message, whatever became of it.</summary>
    /// <returns>False when there is no such message, or it waits to be applied, or was refused.</returns>
    public async Task<bool> Decide(string? feed, long id, MessageChoice choice, string who, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var found = db.Set<InboxMessage>().Where(message => message.Id == id && (feed == null || message.Feed == feed));
        if (await found.Select(message => new { message.Feed, message.PatientKey }).SingleOrDefaultAsync(cancellation) is not { } row)
            return false;
        var emr = feeds.Find(row.Feed)?.Emr ?? row.Feed;
        var patient = await db.Set<PatientIdentifier>().Where(known => known.Emr == emr && known.ExternalId == row.PatientKey)
            .Select(known => (long?)known.PatientId).SingleOrDefaultAsync(cancellation);
        var batch = await scope.ServiceProvider.GetRequiredService<ISender>().Send(
            new DecideMessages(messages => messages.Where(message => message.Id == id), choice, who, $"feed message:{id}", PatientId: patient), cancellation);
        scope.ServiceProvider.GetRequiredService<InboxSignal>().Raise();
        return batch.Count > 0;
    }

    /// <summary>How many messages wait for such reasons.</summary>
    public async Task<int> Count(Func<HeldCause, bool> which, CancellationToken cancellation)
    {
        var groups = await Ask(db => HeldGroup.Counted(db, feed: null).ToListAsync(cancellation));
        return groups.Where(group => which(group.Cause)).Sum(group => group.Count);
    }

    /// <summary>Messages held for a code that their feed's mapping knows by now.</summary>
    /// <returns>How many are applied again.</returns>
    public async Task<int> ReleaseCodes(string who, CancellationToken cancellation)
    {
        var causes = await Ask(db => HeldGroup.Counted(db, feed: null).Select(group => group.Cause).ToListAsync(cancellation));
        var count = 0;
        foreach (var cause in causes.Where(IsKnown))
            count += await Decide(cause, MessageChoice.ApplyAgain, who, cancellation);
        return count;
    }

    /// <summary>Messages kept for a location that a practice owns by now, and visits that were moved there.</summary>
    /// <returns>How many are applied again.</returns>
    public async Task<int> ReleaseLocations(string who, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var causes = await Ask(db => HeldGroup.Counted(db, feed: null).Select(group => group.Cause).ToListAsync(cancellation));
        var count = 0;
        foreach (var cause in causes.Where(cause => UnmappedMessages.IsOwned(cause, feeds, directory)))
            count += await Decide(cause, MessageChoice.ApplyAgain, who, cancellation);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new OwnVisits(), cancellation);
        return count;
    }

    public void Dispose() => turn.Dispose();

    private bool IsKnown(HeldCause cause) => cause is { State: InboxState.Held, Cause: "unknown-code", CauseTable: { } table, CauseValue: { } code }
        && feeds.Find(cause.Feed) is { } feed && feed.Mapper.File.Knows(table, code);

    private async Task<T> Ask<T>(Func<IntegrationDb, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IntegrationDb>());
    }
}
