using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// Kept messages by any combination of what they are filed under, the latest first. Settled messages are filed by feed,
/// state, cause and event: for each such drawer that the question does not rule out its latest are taken, and of these
/// the latest are shown. So the work grows with the number of drawers, and not with that of messages. What is common
/// is found sooner, among the latest messages of all.
/// </summary>
/// <param name="Before">Only messages with a smaller id: the next page.</param>
internal sealed record FindMessages(InboxFilter Filter, long? Before, int Take) : IQuery<IReadOnlyList<long>>;

internal sealed class FindMessagesHandler(IntegrationDb db) : IQueryHandler<FindMessages, IReadOnlyList<long>>
{
    private const int AtHand = 1000;

    public async ValueTask<IReadOnlyList<long>> Handle(FindMessages query, CancellationToken cancellationToken)
    {
        var filter = query.Filter;
        var rows = await new ArrivalTimes(db).Between(filter.From, filter.To, cancellationToken);
        if (query.Before is { } before)
            rows = rows.Where(message => message.Id < before);
        if (filter.HasOnlyTime)
            return await Latest(rows, filter, query.Take, cancellationToken);

        var found = new List<long>();
        if (filter.ControlId is { } controlId)
        {
            foreach (var feed in await new InboxFiles(db).FeedsWithControlIds(filter, cancellationToken))
            {
                found.AddRange(await Latest(
                    rows.Where(message => message.Feed == feed).WithControlId(controlId), filter, query.Take, cancellationToken));
            }

            return Latest(found, query.Take);
        }

        if (filter is { AppointmentId: null, PatientId: null } && await AmongTheLatest(rows, query, cancellationToken) is { } common)
            return common;
        if (filter.State is null or InboxState.Received)
            found.AddRange(await Latest(rows.Where(message => message.State == InboxState.Received), filter, query.Take, cancellationToken));
        if (filter.State != InboxState.Received)
        {
            await foreach (var drawer in Drawers(rows.Settled(), filter, cancellationToken))
                found.AddRange(await Latest(drawer, filter, query.Take, cancellationToken));
        }

        return Latest(found, query.Take);
    }

    /// <returns>Null when these are too few, and there may be more.</returns>
    private static async Task<List<long>?> AmongTheLatest(IQueryable<InboxMessage> rows, FindMessages query, CancellationToken cancellation)
    {
        var last = await rows.OrderByDescending(message => message.Id).Select(message => message.Id).FirstOrDefaultAsync(cancellation);
        var found = await Latest(rows.Where(message => message.Id > last - AtHand), query.Filter, query.Take, cancellation);
        return found.Count == query.Take ? found : null;
    }

    private static List<long> Latest(List<long> found, int take) => [.. found.OrderDescending().Take(take)];

    private static Task<List<long>> Latest(IQueryable<InboxMessage> messages, InboxFilter filter, int take, CancellationToken cancellation) =>
        filter.Of(messages).OrderByDescending(message => message.Id).Select(message => message.Id).Take(take).ToListAsync(cancellation);

    private async IAsyncEnumerable<IQueryable<InboxMessage>> Drawers(
        IQueryable<InboxMessage> settled, InboxFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (filter.AppointmentId is { } appointment)
        {
            yield return settled.Where(message => message.AppointmentKey == appointment);
        }
        else if (filter.PatientId is { } patient)
        {
            yield return settled.Where(message => message.PatientKey == patient);
        }
        else
        {
            foreach (var (feed, state, cause, type) in await new InboxFiles(db).Drawers(filter, cancellation))
                yield return settled.Where(message => message.Feed == feed && message.State == state && message.Cause == cause && message.Event == type);
        }
    }
}
