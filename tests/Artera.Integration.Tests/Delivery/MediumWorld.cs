using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.Delivery;

/// <summary>A server that sends by one medium, and what a test must know of the other side.</summary>
public abstract class MediumWorld(TestServer server, FakeTimeProvider clock) : IAsyncDisposable
{
    public const string LineNumber = "+15125550199";
    public const string Patient = "+15125550101";
    public const long LineId = 1;

    protected static readonly KeyValuePair<string, string?> LookOften = new("Delivery:LookEvery", "00:00:00.1");

    /// <summary>A server with one practice and its line, on a file of its own or on another's.</summary>
    protected static async Task<TestServer> Start(FakeTimeProvider clock, Action<IServiceCollection>? services, params KeyValuePair<string, string?>[] settings)
    {
        var server = await TestServer.Start(clock, Listen + services, settings);
        if (await server.Read(db => db.Set<Line>().AnyAsync()))
            return server;
        await server.Write(new HealthSystem { Name = "Example Health" });
        await server.Write(new Practice { HealthSystemId = 1, Name = "Example Clinic", TimeZone = "America/Chicago" });
        await server.Write(new Line { PracticeId = 1, Number = LineNumber, Name = "Front desk" });
        return server;
    }

    private static void Listen(IServiceCollection services)
    {
        Delivery.Heard<MessageSent>.Listen(services);
        Delivery.Heard<MessageFailed>.Listen(services);
        Delivery.Heard<DeliveryReported>.Listen(services);
        Delivery.Heard<ConsentChanged>.Listen(services);
    }

    public TestServer Server => server;

    public FakeTimeProvider Clock => clock;

    /// <summary>What the upper rooms were told.</summary>
    public IReadOnlyCollection<T> Heard<T>()
        where T : INotification => server.Services.GetRequiredService<Heard<T>>().Events;

    public virtual Medium Medium => Medium.Sms;

    /// <summary>Where the medium reaches somebody: 1 is the patient whom most is about.</summary>
    public virtual string Address(int person) => $"+1512555010{person}";

    /// <summary>A message for the medium.</summary>
    public QueueMessage Message(string body = "See you on Tuesday at 9:30.", Priority priority = Priority.Reminder, int person = 1) =>
        Text(body, priority, Address(person)) with { Medium = Medium };

    /// <summary>The bodies that have reached the other side, in order.</summary>
    public abstract Task<IReadOnlyList<string>> Arrived();

    /// <summary>The provider reports on the message.</summary>
    public abstract Task Report(OutboundMessage message, DeliveryState state);

    public static QueueMessage Text(string body = "See you on Tuesday at 9:30.", Priority priority = Priority.Reminder, string to = Patient) =>
        new(Medium.Sms, LineId, LineNumber, to, body, priority);

    public Task<OutboundMessage> Queue(QueueMessage? message = null) => server.Send(message ?? Message());

    /// <summary>Waits for the message while the clock of the house goes on.</summary>
    public Task<OutboundMessage> Becomes(OutboundMessage message, OutboundState state) => Becomes(message, row => row.State == state);

    public Task<OutboundMessage> Becomes(OutboundMessage message, Func<OutboundMessage, bool> satisfied, bool timePasses = true) => server.Until(
        db =>
        {
            if (timePasses)
                clock.Advance(TimeSpan.FromSeconds(5));
            return db.Set<OutboundMessage>().AsNoTracking().SingleAsync(row => row.Id == message.Id);
        },
        satisfied);

    public Task<List<Attempt>> Attempts(OutboundMessage message) => server.Read(db =>
        db.Set<Attempt>().AsNoTracking().Where(attempt => attempt.OutboundMessageId == message.Id).OrderBy(attempt => attempt.Number).ToListAsync());

    /// <summary>As if the server had died between recording that it sends and recording what came of it.</summary>
    public async Task<OutboundMessage> LeftOpen(QueueMessage message, Func<OutboundMessage, Task> died)
    {
        var now = Clock.Now();
        var open = new OutboundMessage
        {
            Medium = message.Medium,
            LineId = message.LineId,
            From = message.From,
            To = message.To,
            Body = message.Body,
            Priority = message.Priority,
            CreatedAt = now,
            DueAt = now,
            State = OutboundState.Sending,
            Attempts = 1,
            Claim = Guid.NewGuid(),
            ClaimedUntil = now + Duration.FromMinutes(2),
        };
        await server.Write(open);
        await server.Write(new Attempt { OutboundMessageId = open.Id, Number = 1, StartedAt = now });
        await died(open);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Close();
        GC.SuppressFinalize(this);
    }

    protected virtual void Close()
    {
    }
}
