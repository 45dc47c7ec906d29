using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Load;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_more_arrives_than_is_applied
{
    private const int Messages = 1_500;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 0)]
    [InlineData(101, 10)]
    [InlineData(150, 500)]
    [InlineData(200, 1_000)]
    [InlineData(5_000, 1_000)]
    public void The_port_pauses_the_longer_the_more_wait(int waiting, int milliseconds)
    {
        var pressure = new Pressure(Options.Create(new InboundOptions { MostWaiting = 100 }));
        pressure.Counted(waiting);
        pressure.Pause.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 100)]
    public void Where_nothing_is_applied_or_nothing_is_too_much_it_does_not(bool apply, int most)
    {
        var pressure = new Pressure(Options.Create(new InboundOptions { Apply = apply, MostWaiting = most }));
        pressure.Counted(1_000_000);
        pressure.Pause.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task Its_senders_are_slowed_and_none_is_refused(DatabaseProvider on)
    {
        await using var server = await TestServer.StartOn(on, settings: [new("Inbound:MostWaiting", "50")]);
        var load = new LoadRun(new MllpDestination { Host = "127.0.0.1", Port = server.MllpPort }, new LoadMessages(Messages, "LOAD"), Messages, rate: null);
        var sending = Task.Factory.StartNew(() => load.Run(8, CancellationToken.None), TaskCreationOptions.LongRunning);
        var most = 0;
        while (!sending.IsCompleted)
            most = Math.Max(most, await server.Read(Waiting));

        (await sending).Acknowledged.ShouldBe(Messages);
        most.ShouldBeInRange(20, 200);
        await server.Until(Waiting, left => left == 0);
        (await server.Read(db => db.Set<InboxMessage>().CountAsync())).ShouldBe(Messages);
    }

    [Fact]
    public async Task The_health_page_says_so()
    {
        await using var server = await TestServer.Start();
        var pressure = new Pressure(Options.Create(new InboundOptions { MostWaiting = 10 }));
        var health = new JournalHealth(server.Services.GetRequiredService<Journal>(), pressure);
        pressure.Counted(10);
        (await health.CheckHealthAsync(new(), CancellationToken.None)).Status.ShouldBe(HealthStatus.Healthy);
        pressure.Counted(15);
        var told = await health.CheckHealthAsync(new(), CancellationToken.None);
        (told.Status, told.Description).ShouldBe((HealthStatus.Degraded, "15 messages wait to be applied: their senders are slowed"));
    }

    private static Task<int> Waiting(IntegrationDb db) => db.Set<InboxMessage>().CountAsync(message => message.State == InboxState.Received);
}
