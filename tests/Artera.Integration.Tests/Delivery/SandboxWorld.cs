using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

internal sealed class SandboxWorld : MediumWorld
{
    private SandboxWorld(TestServer server, FakeTimeProvider clock)
        : base(server, clock)
    {
    }

    public static async Task<SandboxWorld> Open(params KeyValuePair<string, string?>[] settings)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        return new SandboxWorld(await Start(clock, services: null, [LookOften, .. settings]), clock);
    }

    public override async Task<IReadOnlyList<string>> Arrived() =>
        await Server.Read(db => db.Set<SandboxText>().OrderBy(text => text.Id).Select(text => text.Body).ToListAsync());

    public override async Task Report(OutboundMessage message, DeliveryState state) =>
        (await Server.Send(new ReportDelivery(message.ProviderId!, message.Id, message.To, state))).ShouldBeTrue();
}
