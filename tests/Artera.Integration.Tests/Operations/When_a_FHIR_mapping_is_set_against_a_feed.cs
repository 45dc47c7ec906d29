using System.Text;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Inbound;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Operations;

public sealed class When_a_FHIR_mapping_is_set_against_a_feed : IAsyncLifetime
{
    private const string Today = """
        emr: Test
        events: { Appointment/booked: book, Appointment/cancelled: cancel }
        patient: { id: id, family: name }
        appointment: { id: id, start: start, status: status via statuses }
        tables: { statuses: { booked: booked, cancelled: cancelled } }

        """;

    private readonly TempFolder folder = new();
    private Rooms rooms = null!;

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.Open(
            "2026-10-26T14:00:00Z",
            new("Feeds:0:Name", "emr"), new("Feeds:0:Mapping", folder.Write("fhir.yaml", Today)), new("Feeds:0:Fhir:Subscription:Secret", "Bearer hush"));
        await rooms.Write(
            Row("a1", "Appointment/booked"), Row("a2", "Appointment/booked"), Row("a3", "Appointment/cancelled", "cancelled"),
            Row("n", "Notification/event"), Row("n", "Notification/heartbeat"));
    }

    public async ValueTask DisposeAsync()
    {
        await rooms.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_mapping_changes_nothing_and_notifications_are_no_messages() =>
        (await Against(Today)).ShouldBe((false, "3 messages of emr: 0 would mean something else, 3 the same as today.\n"));

    [Fact]
    public async Task What_would_mean_something_else_is_counted()
    {
        var (differs, output) = await Against(Today.Replace("Appointment/cancelled: cancel", "Appointment/cancelled: delete", StringComparison.Ordinal)
            .Replace(", status: status via statuses", "", StringComparison.Ordinal));

        differs.ShouldBeTrue();
        output.ShouldContain("2  appointment.status is no longer read");
        output.ShouldContain("1  change: cancel  ->  delete");
        output.ShouldEndWith("3 messages of emr: 3 would mean something else, 0 the same as today.\n");
    }

    private async Task<(bool Differs, string Output)> Against(string mapping)
    {
        MappingFile.TryParse(mapping, "fhir.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        using var output = new StringWriter { NewLine = "\n" };
        var feed = rooms.Services.GetRequiredService<FeedBook>().Find("emr")!;
        var differs = await rooms.Read(db => new MapAgainst(db, output, values: false).Run(feed, Mapper.Compile(file), 1000, CancellationToken.None));
        return (differs, output.ToString());
    }

    private static InboxMessage Row(string id, string happened, string status = "booked") => new()
    {
        Feed = "emr",
        ReceivedAt = Instant.FromUtc(2026, 10, 26, 14, 0),
        Raw = Encoding.UTF8.GetBytes(FhirVisits.Visit(id, status)),
        ControlId = $"{happened} {id}",
        BodyHash = 1,
        Event = happened,
        AckCode = "",
        State = InboxState.Applied,
    };
}
