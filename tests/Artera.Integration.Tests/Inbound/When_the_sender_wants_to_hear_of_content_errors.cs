using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_sender_wants_to_hear_of_content_errors : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private TestServer? server;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Unless_the_settings_say_so_it_is_accepted_and_held()
    {
        Code(await Ask(ContentErrors.Accept, Bad("1"))).ShouldBe("AA");
        (await server!.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), row => row.State == InboxState.Held)).Cause.ShouldBe("unreadable");
    }

    [Theory]
    [InlineData(ContentErrors.Error, "AE")]
    [InlineData(ContentErrors.Reject, "AR")]
    public async Task It_hears_what_is_wrong_and_where(ContentErrors setting, string code)
    {
        var ack = await Ask(setting, Bad("1"));
        (Code(ack), Answers(ack)).ShouldBe((code, "1"));
        var error = Fields(ack, "ERR");
        error[1].ShouldBeEmpty();
        error[2].ShouldBe("SCH^1^11");
        error[3].ShouldBe("102^Data type error^HL70357");
        error[4].ShouldBe("E");
        ack.ShouldNotContain("next Monday");
        var row = (await server!.Kept()).ShouldHaveSingleItem();
        (row.State, row.Cause, row.AckCode).ShouldBe((InboxState.Rejected, "unreadable", code));
        row.CausePath.ShouldStartWith("SCH-11");
    }

    [Fact]
    public async Task Before_2_5_the_error_stands_in_one_field()
    {
        var ack = await Ask(ContentErrors.Error, Bad("1").Replace("2.5.1", "2.3", StringComparison.Ordinal));
        Fields(ack, "MSH")[8].ShouldBe("ACK^S12");
        Fields(ack, "ERR")[1].ShouldBe("SCH^1^11^102&Data type error&HL70357");
    }

    [Theory]
    [InlineData("SCH||A1|", "SCH|||", "101^Required field missing^HL70357")]
    [InlineData("BOOKED", "GALAXY", "103^Table value not found^HL70357")]
    public async Task Each_cause_has_its_code_of_table_0357(string text, string instead, string expected)
    {
        var ack = await Ask(ContentErrors.Error, Siu("1").Replace(text, instead, StringComparison.Ordinal));
        Code(ack).ShouldBe("AE");
        Fields(ack, "ERR")[3].ShouldBe(expected);
    }

    [Fact]
    public async Task Each_cause_is_reported()
    {
        var ack = await Ask(ContentErrors.Error, WorseThan(Bad("1")));
        Errors(ack).Select(error => (error[2], error[3].Split('^')[0], error[4])).ShouldBe(
            [("SCH^1^11", "102", "E"), ("SCH^1^25", "103", "E"), ("PID^1^7", "102", "E")], ignoreOrder: true);
        Fields(ack, "MSA")[3].ShouldBe(Errors(ack)[0][8]);
        ack.ShouldNotContain("GALAXY");
        ack.ShouldNotContain("yesterday");
    }

    [Fact]
    public async Task Before_2_5_the_one_field_repeats()
    {
        var ack = await Ask(ContentErrors.Error, WorseThan(Bad("1")).Replace("2.5.1", "2.4", StringComparison.Ordinal));
        Errors(ack).ShouldHaveSingleItem()[1].Split('~').ShouldBe(
            ["SCH^1^11^102&Data type error&HL70357", "SCH^1^25^103&Table value not found&HL70357", "PID^1^7^102&Data type error&HL70357"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_wrong_in_the_same_way_many_times_is_reported_once()
    {
        var message = Siu("1");
        var pid = message.Split('\r').Single(segment => segment.StartsWith("PID", StringComparison.Ordinal));
        var people = Enumerable.Range(0, 30).Select(number => Fielded(pid, 7, "yesterday").Replace("MRN", $"M{number:00}", StringComparison.Ordinal)
            .Replace("PID|1|", $"PID|{number + 1}|", StringComparison.Ordinal));
        var errors = Errors(await Ask(ContentErrors.Error, message.Replace(pid, string.Join('\r', people), StringComparison.Ordinal)));
        errors.ShouldHaveSingleItem()[2].ShouldBe("PID^1^7");
    }

    [Fact]
    public void An_acknowledgement_does_not_grow_with_what_is_wrong() =>
        ContentVerdict.Of([.. Enumerable.Range(1, 90).Select(field => new Cause("missing", "patient.id", $"PID-{field}"))], ContentErrors.Error).Problems.Count.ShouldBe(20);

    [Fact]
    public async Task The_code_without_a_meaning_and_its_table_are_kept()
    {
        await Ask(ContentErrors.Reject, Siu("1").Replace("BOOKED", "GALAXY", StringComparison.Ordinal));
        var row = (await server!.Kept()).ShouldHaveSingleItem();
        (row.State, row.Cause, row.CausePath, row.CauseValue, row.CauseTable).ShouldBe((InboxState.Rejected, "unknown-code", "SCH-25.1", "GALAXY", "statuses"));
    }

    [Fact]
    public async Task What_is_understood_or_not_for_us_is_accepted()
    {
        Code(await Ask(ContentErrors.Reject, Siu("1"))).ShouldBe("AA");
        Code(await Ask(ContentErrors.Reject, Siu("2").Replace("SIU^S12^SIU_S12", "ORU^R01^ORU_R01", StringComparison.Ordinal))).ShouldBe("AA");
    }

    [Fact]
    public async Task It_is_taken_in_when_it_comes_again_and_can_be_understood()
    {
        Code(await Ask(ContentErrors.Error, Bad("1"))).ShouldBe("AE");
        Code(await Ask(ContentErrors.Error, Bad("1"))).ShouldBe("AE");
        await server!.DisposeAsync();
        server = null;
        Code(await Ask(ContentErrors.Accept, Bad("1"))).ShouldBe("AA");
        (await server!.Kept()).ShouldHaveSingleItem().Resends.ShouldBe(2);
    }

    [Fact]
    public async Task In_enhanced_mode_it_is_committed_and_held_and_the_application_says_what_is_wrong()
    {
        await using var listener = AckListener.Start();
        Code(await Ask(ContentErrors.Reject, Bad("1", accept: "AL", application: "AL"), AckListener.Settings(listener.Port))).ShouldBe("CA");
        var ack = (await listener.Until(1))[0];
        Code(ack).ShouldBe("AR");
        Fields(ack, "ERR")[3].ShouldStartWith("102");

        await Ask(ContentErrors.Reject, WorseThan(Bad("2", accept: "AL", application: "AL")));
        Errors((await listener.Until(2))[1]).Count.ShouldBe(3);
        (await server!.Kept())[0].State.ShouldBe(InboxState.Held);
    }

    [Fact]
    public async Task In_enhanced_mode_what_is_wrong_with_it_waits_for_a_person()
    {
        Code(await Ask(ContentErrors.Reject, Bad("1", accept: "AL"))).ShouldBe("CA");
        (await server!.Until(db => db.Set<InboxMessage>().AsNoTracking().SingleAsync(), row => row.State != InboxState.Received)).State.ShouldBe(InboxState.Held);
    }

    /// <summary>A status and a birth date that say nothing, too.</summary>
    private static string WorseThan(string message)
    {
        var pid = message.Split('\r').Single(segment => segment.StartsWith("PID", StringComparison.Ordinal));
        return message.Replace("BOOKED", "GALAXY", StringComparison.Ordinal).Replace(pid, Fielded(pid, 7, "yesterday"), StringComparison.Ordinal);
    }

    private static string Fielded(string segment, int field, string text)
    {
        var fields = segment.Split('|');
        fields[field] = text;
        return string.Join('|', fields);
    }

    private static List<string[]> Errors(string ack) =>
        [.. ack.Split('\r').Where(segment => segment.StartsWith("ERR", StringComparison.Ordinal)).Select(segment => segment.Split('|'))];

    private static string Bad(string controlId, string accept = "", string application = "") =>
        Siu(controlId, accept: accept, application: application).Replace("20261102100000", "next Monday", StringComparison.Ordinal);

    private async Task<string> Ask(ContentErrors setting, string message, params KeyValuePair<string, string?>[] settings)
    {
        server ??= await TestServer.Start(settings:
        [
            new("Database:ConnectionString", $"Data Source={folder.File("kept.db")}"),
            new("Feeds:0:ContentErrors", setting.ToString()),
            .. settings,
        ]);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        return await emr.Ask(message);
    }
}
