using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_messages_are_looked_up : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<IQueryable<InboxMessage>, IQueryable<InboxMessage>>> Questions = new(StringComparer.Ordinal)
    {
        ["control id"] = messages => messages.Where(message => message.Feed == "main").WithControlId("1"),
        ["patient"] = messages => messages.AboutPatient("P1"),
        ["appointment"] = messages => messages.AboutAppointment("A1"),
        ["feed"] = messages => messages.Where(message => message.Feed == "main").OrderByDescending(message => message.Id).Take(50),
        ["waiting"] = messages => messages.Where(message => message.State == InboxState.Received).OrderBy(message => message.Id).Take(50),
    };

    private Rooms rooms = null!;

    public static TheoryData<string> Names => [.. Questions.Keys];

    public async ValueTask InitializeAsync() => rooms = await Rooms.Open();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_index_leads_to_them(string question)
    {
        var plan = await rooms.Read(db => Plan(db, Questions[question](db.Set<InboxMessage>())));
        plan.ShouldContain(line => line.Contains("USING INDEX", StringComparison.Ordinal) || line.Contains("USING COVERING INDEX", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waiting_and_settled_ones_are_found_alike()
    {
        await rooms.Write(Message("1", InboxState.Received, "P1"), Message("2", InboxState.Applied, "P1"), Message("3", InboxState.Applied, "P2"));
        var found = await rooms.Read(db => db.Set<InboxMessage>().AboutPatient("P1").Select(message => message.ControlId).ToListAsync());
        found.ShouldBe(["1", "2"], ignoreOrder: true);
    }

    private static InboxMessage Message(string controlId, InboxState state, string patient) => new()
    {
        Feed = "main",
        ReceivedAt = NodaTime.Instant.FromUtc(2026, 10, 26, 14, 0),
        Raw = [],
        ControlId = controlId,
        BodyHash = 1,
        Event = "SIU^S12",
        AckCode = "AA",
        State = state,
        PatientKey = patient,
    };

    private static async Task<List<string>> Plan(IntegrationDb db, IQueryable<InboxMessage> question)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = question.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await rows.ReadAsync())
            plan.Add(rows.GetString(3));
        return plan;
    }
}
