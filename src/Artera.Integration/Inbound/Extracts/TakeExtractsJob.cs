using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>
/// Takes files out of the folders of feeds, one after the other: noted, moved, read line by line, put away. What a server
/// left half done is gone on with first.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class TakeExtractsJob(
    ExtractFolders folders, FeedBook feeds, OrderExtract extract, IServiceScopeFactory scopes, TimeProvider time, ILogger<TakeExtractsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var feed in feeds.All)
        {
            foreach (var options in feed.Options.Extracts)
                await Look(feed, folders.Of(options), cancellationToken);
        }
    }

    private async Task Look(Feed feed, ExtractFolder folder, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder.Options.Folder);
            var kind = folder.Options.Kind == ExtractKind.Recalls ? OrderKind.Recall : OrderKind.Referral;
            foreach (var left in await Left(feed, kind, cancellation))
                await GoOn(feed, folder, left, cancellation);
            foreach (var name in folder.Complete(time.Now()))
                await GoOn(feed, folder, await Send(new BeginExtract(feed.Name, kind, name), cancellation), cancellation);
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            // It is looked at again; what is noted is gone on with.
            LogTrouble(log, feed.Name, trouble.GetType().Name);
        }
    }

    private async Task GoOn(Feed feed, ExtractFolder folder, TakenExtract taken, CancellationToken cancellation)
    {
        if (taken.State == ExtractState.Taken)
            taken = await Read(feed, folder, taken, cancellation);
        folder.PutAway(taken);
        await Send(new SettleExtract(taken.Id, taken.Refused, taken.NotRead, PutAway: true), cancellation);
        LogTaken(log, feed.Name, taken.Id, taken.Rows, taken.Bad);
    }

    private async Task<TakenExtract> Read(Feed feed, ExtractFolder folder, TakenExtract taken, CancellationToken cancellation)
    {
        if (folder.Take(taken) is not { } file)
            return await Send(new SettleExtract(taken.Id, "the file is gone", [], PutAway: false), cancellation);
        await using var csv = File.OpenRead(file);
        var (report, problem) = await extract.Read(feed, taken.Kind, csv, cancellation, new(taken.Id, taken.LastLine, folder.Options.Columns, folder.Options.Statuses));
        return await Send(new SettleExtract(taken.Id, problem, report?.NotRead ?? [], PutAway: false), cancellation);
    }

    private async Task<List<TakenExtract>> Left(Feed feed, OrderKind kind, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<TakenExtract>().AsNoTracking()
            .Where(row => !row.PutAway && row.Feed == feed.Name && row.Kind == kind).OrderBy(row => row.Id).ToListAsync(cancellation);
    }

    private async Task<TakenExtract> Send(IRequest<TakenExtract> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Extract {Extract} of {Feed} is read: {Rows} lines, {Bad} of them bad")]
    private static partial void LogTaken(ILogger log, string feed, long extract, int rows, int bad);

    [LoggerMessage(LogLevel.Error, "The folder of extracts of {Feed} cannot be worked on, it is looked at again: {Error}")]
    private static partial void LogTrouble(ILogger log, string feed, string error);
}

/// <summary>The folders, which remember since when a file has not changed.</summary>
internal sealed class ExtractFolders
{
    private readonly Dictionary<ExtractOptions, ExtractFolder> folders = [];

    public ExtractFolder Of(ExtractOptions options) =>
        folders.TryGetValue(options, out var known) ? known : folders[options] = new(options);
}
