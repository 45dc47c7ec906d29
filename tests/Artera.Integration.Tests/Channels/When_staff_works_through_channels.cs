using Artera.Integration.Channels;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using NodaTime;

namespace Artera.Integration.Tests.Channels;

public sealed class When_staff_works_through_channels : IAsyncLifetime
{
    private const string Staff = "desk@example.org";
    private Clinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await Clinic.Open();

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task Open_channels_come_first_and_then_the_newest_page_by_page()
    {
        foreach (var (number, attention) in new[] { (1, Attention.Open), (2, Attention.None), (3, Attention.NeedsAction), (4, Attention.None), (5, Attention.Open) })
            await Hear($"+1212555010{number}", $"text {number}", patient: null, attention);

        var seen = new List<string?>();
        ChannelCursor? after = null;
        do
        {
            var page = await clinic.Send(new ChannelList { Take = 2, After = after });
            page.Channels.Count.ShouldBeInRange(1, 2);
            seen.AddRange(page.Channels.Select(channel => channel.LastLine));
            after = page.Next;
            if (after is { } cursor)
            {
                ChannelCursor.TryParse(cursor.ToString(), out var read).ShouldBeTrue();
                read.ShouldBe(cursor);
            }
        }
        while (after is not null);

        seen.ShouldBe(["text 5", "text 3", "text 1", "text 4", "text 2"]);
    }

    [Fact]
    public async Task The_list_can_be_narrowed()
    {
        var ana = await clinic.Patient("A", "Ana", "+12125550101");
        await Hear("+12125550101", "hello", ana, Attention.NeedsAction);
        await Hear("+12125550102", "who is this", patient: null, Attention.Open);

        (await Bodies(new ChannelList { NeedsAction = true })).ShouldBe(["hello"]);
        (await Bodies(new ChannelList { Unverified = true })).ShouldBe(["who is this"]);
        (await Bodies(new ChannelList { PatientId = ana.Id })).ShouldBe(["hello"]);
        (await Bodies(new ChannelList { Open = false })).ShouldBeEmpty();
        (await Bodies(new ChannelList { PracticeId = clinic.Practice.Id, LineId = clinic.Line.Id })).Count.ShouldBe(2);
        (await clinic.Send(new ChannelList { PatientId = ana.Id })).Channels[0].Given.ShouldBe("Ana");
    }

    [Fact]
    public async Task Closing_and_opening_by_hand_are_in_the_conversation()
    {
        var ana = await clinic.Patient("A", "Ana", "+12125550101");
        var channel = await Hear("+12125550101", "hello", ana, Attention.NeedsAction);

        (await clinic.Rooms.Send(new CloseChannel(channel.Id, Staff))).ShouldBeTrue();
        (await clinic.Rooms.Send(new CloseChannel(channel.Id, Staff))).ShouldBeTrue();
        (await clinic.Conversation(ana)).Channel.ShouldSatisfyAllConditions(
            closed => closed.IsOpen.ShouldBeFalse(), closed => closed.NeedsAction.ShouldBeFalse());

        await clinic.Rooms.Send(new OpenChannel(channel.Id, Staff));
        var conversation = await clinic.Conversation(ana);
        conversation.Channel.IsOpen.ShouldBeTrue();
        conversation.Lines.Select(line => line.Event).ShouldBe([null, ChannelEvent.Closed, ChannelEvent.Opened]);
        (await clinic.Rooms.Send(new CloseChannel(404, Staff))).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_number_is_linked_to_a_patient_with_all_it_said()
    {
        var ana = await clinic.Patient("A", "Ana", "+12125550101");
        var unknown = await Hear("+12125550109", "it is Ana on another phone", patient: null, Attention.NeedsAction);
        await Hear("+12125550101", "hello", ana, Attention.None);

        var outcome = await clinic.Rooms.Send(new LinkPatient(unknown.Id, ana.Id, Staff));

        outcome.Linked.ShouldBeTrue();
        var conversation = await clinic.Conversation(ana);
        conversation.Channel.Id.ShouldBe(outcome.ChannelId!.Value);
        conversation.Lines.Select(line => line.Body).Take(2).ShouldBe(["it is Ana on another phone", "hello"]);
        conversation.Channel.NeedsAction.ShouldBeTrue();
        (await clinic.Rooms.Send(new LinkPatient(conversation.Channel.Id, ana.Id + 1, Staff))).Linked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_conversation_is_read_from_its_end()
    {
        var ana = await clinic.Patient("A", "Ana", "+12125550101");
        for (var number = 1; number <= 5; number++)
            await Hear("+12125550101", $"text {number}", ana, Attention.None);
        var id = (await clinic.Conversation(ana)).Channel.Id;

        var latest = (await clinic.Send(new ChannelConversation(id, Take: 2)))!;
        latest.Lines.Select(line => line.Body).ShouldBe(["text 4", "text 5"]);
        var earlier = (await clinic.Send(new ChannelConversation(id, latest.Earlier, Take: 3)))!;
        earlier.Lines.Select(line => line.Body).ShouldBe(["text 1", "text 2", "text 3"]);
        earlier.Earlier.ShouldBeNull();
        (await clinic.Send(new ChannelConversation(404))).ShouldBeNull();
    }

    private async Task<PatientChannel> Hear(string from, string words, Patient? patient, Attention attention)
    {
        clinic.Pass(Duration.FromMinutes(1));
        return await clinic.Rooms.Send(new RecordInbound(await clinic.Receive(from, words), clinic.Line.Id, patient?.Id, attention));
    }

    private async Task<List<string?>> Bodies(ChannelList list) =>
        [.. (await clinic.Send(list)).Channels.Select(channel => channel.LastLine)];
}
