using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Operations;

public sealed class When_an_enterprise_file_has_triggers : IAsyncLifetime
{
    private const string File = """
        name: Test Health
        triggers:
          - name: Survey
            send: 2 days after system status change at 10:00
            only: { system-status: [Completed] }
            sms: { en: "How was it?" }
          - name: Parking
            send: 2 hours before start
            sms: { en: "Park in lot C." }
        practices:
          - name: North
            time-zone: America/New_York
            default-triggers:
              Survey: { running: false }
              Booked: { never: { event-type: [LAB] } }
          - name: South
            time-zone: America/New_York
            triggers:
              - name: Parking
                send: 1 hour before start
                sms: { en: "Park in the yard." }
        """;

    private Rooms rooms = null!;

    public async ValueTask InitializeAsync() => rooms = await Rooms.Open();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task Defaults_and_what_practices_make_of_them_are_as_it_says()
    {
        (await SetUp(File)).ShouldContain("+ trigger Parking of South");

        var book = await rooms.Read(db => TriggerBook.Load(db, CancellationToken.None));
        var practices = await rooms.Read(db => db.Set<Practice>().ToDictionaryAsync(row => row.Name, row => row.Id));
        Trigger North(string name) => book.For(practices["North"], TriggerModule.Appointment).Single(row => row.Name == name);
        Trigger South(string name) => book.For(practices["South"], TriggerModule.Appointment).Single(row => row.Name == name);

        North("Survey").Running.ShouldBeFalse();
        South("Survey").Running.ShouldBeTrue();
        TimingWords.Write(South("Survey").Timing).ShouldBe("2 days after system status change at 10:00");
        North("Booked").Filters.Exclude.ShouldHaveSingleItem().Values.ShouldBe(["LAB"]);
        North("Booked").Filters.Include.ShouldNotBeEmpty("what the default asks still holds");
        South("Booked").Filters.Exclude.ShouldBeEmpty();
        TimingWords.Write(North("Parking").Timing).ShouldBe("2 hours before start");
        TimingWords.Write(South("Parking").Timing).ShouldBe("1 hour before start");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await SetUp(File);
        (await SetUp(File)).ShouldBeEmpty();
        (await rooms.Read(db => db.Set<TriggerEdit>().CountAsync(edit => edit.Who == "file"))).ShouldBe(5);
    }

    [Theory]
    [InlineData("sms: { en: \"How was it?\" }", "smss: { en: Hi }", "test.yaml:6:5:")]
    [InlineData("send: 2 hours before start", "send: soon", "'soon' is no time")]
    [InlineData("\"How was it?\"", "\"Hi {name}\"", "unknown phrase {name}")]
    [InlineData("event-type: [LAB]", "priority: [High]", "Booked: an appointment has no priority")]
    [InlineData("event-type: [LAB]", "event-typ: [LAB]", "test.yaml:15:26:")]
    [InlineData("Survey: { running", "Surveys: { running", "there is no default trigger Surveys")]
    public async Task What_is_not_right_is_refused_with_its_place_or_name(string written, string instead, string says)
    {
        var refused = await Should.ThrowAsync<InvalidDataException>(() => SetUp(File.Replace(written, instead, StringComparison.Ordinal)));
        refused.Message.ShouldContain(says);
    }

    private Task<IReadOnlyList<string>> SetUp(string yaml) => rooms.Read(async db =>
    {
        using var text = new StringReader(yaml);
        return await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None, rooms.Clock);
    });
}
