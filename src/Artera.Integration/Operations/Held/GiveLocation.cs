using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Held;

/// <summary>A person says which practice owns a location (or a provider) of the EMR: the messages kept for it are applied in their order.</summary>
internal sealed class GiveLocation(FeedBook feeds, HeldMessages held, IServiceScopeFactory scopes)
{
    /// <summary>What the code of an unmapped group names.</summary>
    public static ResourceKind KindOf(HeldCause cause) => cause.Cause == UnmappedMessages.Provider ? ResourceKind.Provider : ResourceKind.Location;

    /// <param name="feedName">The feed whose EMR names it so.</param>
    /// <param name="kind">A location, or a provider where the EMR names no location.</param>
    /// <param name="code">The EMR's code.</param>
    /// <param name="practice">The practice's name.</param>
    /// <param name="name">What patients read; null: the code itself, until somebody names it.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Said> Run(
        string feedName, ResourceKind kind, string code, string practice, string? name, string who, CancellationToken cancellation) =>
        feeds.Find(feedName) is { } feed
            ? await held.Alone(() => Give(new SetOwner(feed.Emr, kind, code, practice, name, who), cancellation), cancellation)
            : new(0, $"there is no feed {feedName}");

    private async Task<Said> Give(SetOwner command, CancellationToken cancellation)
    {
        // Before: a server that runs beside this process may let them go as soon as it has noticed.
        var waiting = await held.Count(
            cause => cause.State == InboxState.Unmapped && cause.CauseValue == command.Code && KindOf(cause) == command.Kind
                && feeds.Find(cause.Feed)?.Emr == command.Emr,
            cancellation);
        string? error;
        await using (var scope = scopes.CreateAsyncScope())
            error = await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
        if (error is not null)
            return new(0, error);
        await held.ReleaseLocations(command.Who, cancellation);
        return new(waiting, null);
    }
}

/// <summary>Which practice a resource of the EMR belongs to.</summary>
/// <returns>Why not; null when it does.</returns>
internal sealed record SetOwner(string Emr, ResourceKind Kind, string Code, string Practice, string? Name, string Who) : IRequest<string?>;

internal sealed class SetOwnerHandler(IntegrationDb db, AuditLog audit) : IRequestHandler<SetOwner, string?>
{
    public async ValueTask<string?> Handle(SetOwner request, CancellationToken cancellationToken)
    {
        var (emr, kind, code, _, _, who) = request;
        var owners = await db.Set<Practice>().Where(row => row.Name == request.Practice).Take(2).ToListAsync(cancellationToken);
        if (owners is not [var owner])
            return owners.Count == 0 ? $"there is no practice {request.Practice}" : $"several practices are called {request.Practice}";

        var resource = await db.Set<Resource>().SingleOrDefaultAsync(row => row.Emr == emr && row.Kind == kind && row.ExternalId == code, cancellationToken);
        if (resource is { PracticeId: { } other } && other != owner.Id)
            return $"{code} belongs to another practice already";
        if (resource is null)
            db.Add(resource = new Resource { Emr = emr, Kind = kind, ExternalId = code, Name = request.Name ?? code });
        resource.PracticeId = owner.Id;
        resource.Name = request.Name ?? resource.Name;
        audit.Note(who, "mapped", patientId: null, $"{Enum.GetName(kind)}:{emr}: {code} = {owner.Name}");
        return null;
    }
}
