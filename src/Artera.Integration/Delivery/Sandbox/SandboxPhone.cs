using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Delivery.Sandbox;

/// <summary>A phone of our own for a medium without a provider: what is sent to it is delivered at once and can be answered.</summary>
internal sealed class SandboxPhone(Medium medium, IServiceScopeFactory scopes) : IMedium
{
    public Medium Medium => medium;

    public Duration ListedWithin => Duration.Zero;

    public async Task<SendOutcome> Send(OutboundMessage message, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ArriveAtSandbox(message), cancellation);
        return new SendOutcome.Accepted(id);
    }

    public async Task<SendOutcome> Find(OutboundMessage message, Instant since, IReadOnlySet<string> others, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var arrived = await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<SandboxText>()
            .AnyAsync(text => text.OutboundMessageId == message.Id, cancellation);
        return arrived ? new SendOutcome.Accepted(IdOf(message)) : new SendOutcome.NotThere();
    }

    internal static string IdOf(OutboundMessage message) => $"sandbox-{message.Id}";
}
