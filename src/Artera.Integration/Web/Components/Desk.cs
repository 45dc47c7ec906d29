using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Components.Authorization;

namespace Artera.Integration.Web.Components;

/// <summary>
/// What a page asks the house, each time in a scope of its own: a page stays open for hours, a database context
/// must not. Whom a visitor has seen is written down once a visit, before it is shown.
/// </summary>
internal sealed class Desk(IServiceScopeFactory scopes, AuthenticationStateProvider visitor)
{
    private readonly HashSet<(long? Patient, string Subject)> seen = [];

    public async Task<string> Who() => (await visitor.GetAuthenticationStateAsync()).User.Who();

    public async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IntegrationDb>());
    }

    public async Task<T> Ask<T>(IQuery<T> query, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(query, cancellation);
    }

    public async Task<T> Do<T>(IRequest<T> command)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command);
    }

    public async Task Saw(IEnumerable<long?> patients, string subject, CancellationToken cancellation)
    {
        var fresh = patients.Distinct().Where(patient => seen.Add((patient, subject))).ToList();
        if (fresh.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuditLog>().Seen(await Who(), fresh, subject, cancellation);
    }
}
