using System.Text;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Operations;

public sealed class When_a_mapping_is_set_against_a_feed : IAsyncLifetime
{
    private const string Today = """
        emr: Test
        events: { SIU^S12: book, SIU^S14: update }
        patient: { id: PID-3.1, family: PID-5.1 }
        appointment: { id: SCH-2.1, start: SCH-11.4, type: SCH-8.1 via visits }
        tables: { visits: { FOLLOWUP: follow-up } }

        """;

    private readonly TempFolder folder = new();
    private Rooms rooms = null!;

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.Open("2026-10-26T14:00:00Z", new("Feeds:0:Name", "main"), new("Feeds:0:Mapping", folder.Write("hl7.yaml", Today)));
        await rooms.Write(
            Message("1", "FOLLOWUP"), Message("2", "ZZZ"), Message("3", "ZZZ"), Message("4", "FOLLOWUP", "S14"), Message("5", "FOLLOWUP", "S15"),
            Message("6", "FOLLOWUP", state: InboxState.Rejected), Message("7", "ZZZ", feed: "adt"));
    }

    public async ValueTask DisposeAsync()
    {
        await rooms.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_mapping_changes_nothing()
    {
        var (differs, output) = await Against(Today);
        differs.ShouldBeFalse();
        output.ShouldBe("5 messages of main: 0 would mean something else, 5 the same as today.\n");
    }

    [Fact]
    public async Task Outcomes_and_fields_are_counted_each_with_a_message_and_nothing_of_the_patient()
    {
        var (differs, output) = await Against(Today
            .Replace("SIU^S14: update", "SIU^S14: cancel", StringComparison.Ordinal)
            .Replace("follow-up }", "follow-up, ZZZ: odd }", StringComparison.Ordinal)
            .Replace("family: PID-5.1", "given: PID-5.1, language: = en", StringComparison.Ordinal));

        differs.ShouldBeTrue();
        output.ShouldBe("""
            By outcome
                    2  held: SCH-8.1 = ZZZ is not in table visits (appointment.type)  ->  understood  (message 3)

            By field
                    2  patient.family is no longer read  (message 4)
                    2  patient.given is read now  (message 4)
                    2  patient.language is read now  (message 4)
                    1  change: update  ->  cancel  (message 4)

            5 messages of main: 4 would mean something else, 1 the same as today.

            """.ReplaceLineEndings("\n"));
        (await rooms.Read(db => db.Set<InboxMessage>().CountAsync(row => row.State == InboxState.Applied))).ShouldBe(6);
    }

    [Fact]
    public async Task Values_are_shown_when_asked_for()
    {
        var (_, output) = await Against(Today.Replace("family: PID-5.1", "family: PID-5.2", StringComparison.Ordinal), last: 2, values: true);
        output.ShouldContain("1  patient.family is another one  (message 4: 'ZTest'  ->  'Ada')");
        output.ShouldContain("2 messages of main");
    }

    [Fact]
    public async Task The_command_ends_with_0_1_or_2()
    {
        (await Cli.Run(folder, "map", "hl7.yaml", "--against", "main")).Code.ShouldBe(2, "there is no database yet");
        (await Cli.Run(folder, "db", "migrate")).Code.ShouldBe(0);
        (await Cli.Run(folder, "map", "hl7.yaml", "--against", "main")).ShouldBe((0, "0 messages of main: 0 would mean something else, 0 the same as today.", ""));
        (await Cli.Run(folder, "map", "hl7.yaml", "--against", "nowhere")).ShouldBe((2, "", "there is no feed nowhere"));
        (await Cli.Run(folder, "map", "hl7.yaml", "--against", "main", "--last", "0")).Code.ShouldBe(2);
        (await Cli.Run(folder, "map", "nothing.yaml", "--against", "main")).Code.ShouldBe(2);
    }

    private async Task<(bool Differs, string Output)> Against(string mapping, int last = 1000, bool values = false)
    {
        MappingFile.TryParse(mapping, "changed.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        using var output = new StringWriter { NewLine = "\n" };
        var feed = rooms.Services.GetRequiredService<FeedBook>().Find("main")!;
        var differs = await rooms.Read(db => new MapAgainst(db, output, values).Run(feed, Mapper.Compile(file), last, CancellationToken.None));
        return (differs, output.ToString());
    }

    private static InboxMessage Message(string controlId, string type, string trigger = "S12", InboxState state = InboxState.Applied, string feed = "main") => new()
    {
        Feed = feed,
        ReceivedAt = Instant.FromUtc(2026, 10, 26, 14, 0),
        Raw = Encoding.UTF8.GetBytes(Samples.Siu(controlId, trigger: trigger).Replace("FOLLOWUP^Follow-up visit", type, StringComparison.Ordinal)),
        ControlId = controlId,
        BodyHash = 1,
        Event = $"SIU^{trigger}",
        AckCode = "AA",
        State = state,
    };
}
