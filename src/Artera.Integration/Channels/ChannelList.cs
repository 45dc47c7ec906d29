using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Channels;

/// <summary>Channels, open ones first, then by their last line, newest first.</summary>
internal sealed record ChannelList : IQuery<ChannelPage>
{
    public long? PracticeId { get; init; }

    public long? LineId { get; init; }

    public long? PatientId { get; init; }

    public bool? Open { get; init; }

    public bool? NeedsAction { get; init; }

    public bool? Unverified { get; init; }

    public ChannelCursor? After { get; init; }

    public int Take { get; init; } = 50;
}

internal sealed record ChannelPage(IReadOnlyList<ChannelSummary> Channels, ChannelCursor? Next);

/// <summary>A channel as a list shows it.</summary>
/// <param name="LastLine">What was said or happened last.</param>
public sealed record ChannelSummary(
    long Id,
    long LineId,
    long PracticeId,
    long? PatientId,
    string? Given,
    string? Family,
    string Address,
    bool IsOpen,
    bool NeedsAction,
    Instant? OpenedAt,
    Instant LastLineAt,
    string? LastLine,
    LineKind? LastKind);

internal sealed class ChannelListHandler(IntegrationDb db) : IQueryHandler<ChannelList, ChannelPage>
{
    public async ValueTask<ChannelPage> Handle(ChannelList query, CancellationToken cancellationToken)
    {
        var found = await (
            from channel in After(Filtered(query), query.After)
                .OrderByDescending(row => row.IsOpen).ThenByDescending(row => row.LastLineAt).ThenByDescending(row => row.Id)
                .Take(query.Take + 1)
            join patient in db.Set<Patient>() on channel.PatientId equals patient.Id into patients
            from patient in patients.DefaultIfEmpty()
            let last = db.Set<ChannelLine>().Where(line => line.ChannelId == channel.Id)
                .OrderByDescending(line => line.At).ThenByDescending(line => line.Id).FirstOrDefault()
            orderby channel.IsOpen descending, channel.LastLineAt descending, channel.Id descending
            select new ChannelSummary(
                channel.Id, channel.LineId, channel.PracticeId, channel.PatientId, patient.Given, patient.Family, channel.Address,
                channel.IsOpen, channel.NeedsAction, channel.OpenedAt, channel.LastLineAt, last.Body, last.Kind))
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        if (found.Count <= query.Take)
            return new ChannelPage(found, null);
        found.RemoveAt(query.Take);
        return new ChannelPage(found, new ChannelCursor(found[^1].IsOpen, found[^1].LastLineAt, found[^1].Id));
    }

    private IQueryable<PatientChannel> Filtered(ChannelList query)
    {
        IQueryable<PatientChannel> channels = db.Set<PatientChannel>();
        if (query.PracticeId is { } practice)
            channels = channels.Where(channel => channel.PracticeId == practice);
        if (query.LineId is { } line)
            channels = channels.Where(channel => channel.LineId == line);
        if (query.PatientId is { } patient)
            channels = channels.Where(channel => channel.PatientId == patient);
        if (query.Open is { } open)
            channels = channels.Where(channel => channel.IsOpen == open);
        // Said without a parameter, so that the index of those that do is taken.
        if (query.NeedsAction is { } needsAction)
            channels = needsAction ? channels.Where(channel => channel.NeedsAction) : channels.Where(channel => !channel.NeedsAction);
        if (query.Unverified is { } unverified)
            channels = channels.Where(channel => channel.PatientId == null == unverified);
        return channels;
    }

    private static IQueryable<PatientChannel> After(IQueryable<PatientChannel> channels, ChannelCursor? after)
    {
        if (after is not { } last)
            return channels;

        var (open, at, id) = last;
        return open
            ? channels.Where(channel => channel.IsOpen != open || channel.LastLineAt < at || (channel.LastLineAt == at && channel.Id < id))
            : channels.Where(channel => channel.IsOpen == open && channel.LastLineAt <= at && (channel.LastLineAt < at || channel.Id < id));
    }
}
