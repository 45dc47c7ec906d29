using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Replies;

public sealed class When_a_text_comes_out_of_the_blue : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await Clinic.Open();

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task An_unknown_number_opens_an_unverified_channel()
    {
        (await clinic.Hear(Cell, "hello")).ShouldBe("plain");
        (await clinic.Hear(Cell, "Y")).ShouldBe("plain");

        var conversation = await clinic.Conversation(null, Cell);
        conversation.Channel.IsUnverified.ShouldBeTrue();
        conversation.Channel.IsOpen.ShouldBeTrue();
        conversation.Lines.Select(line => line.Body).ShouldBe(["hello", "Y"]);
    }

    [Fact]
    public async Task An_unknown_number_can_opt_out()
    {
        (await clinic.Hear(Cell, "STOP")).ShouldBe("opt-out");

        var conversation = await clinic.Conversation(null, Cell);
        conversation.Channel.IsOpen.ShouldBeFalse();
        conversation.Lines.Select(line => line.Event ?? line.Body).ShouldBe(["STOP", ChannelEvent.OptedOut]);
    }

    [Fact]
    public async Task A_known_number_opens_its_patients_channel()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Hear(Cell, "hello");

        (await clinic.Conversation(ana)).Channel.NeedsAction.ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_that_staff_has_linked_is_the_patients_from_then_on()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Hear("+12125550109", "it is Ana");
        await clinic.Rooms.Send(new LinkPatient((await clinic.Conversation(null, "+12125550109")).Channel.Id, ana.Id, "desk@example.org"));
        await clinic.Hear("+12125550109", "and again");
        (await clinic.Conversation(ana)).Lines[^1].Body.ShouldBe("and again");

        var ben = await clinic.Patient("B", "Ben", "+12125550109");
        await clinic.Hear("+12125550109", "now it is Ben's");
        (await clinic.Conversation(ben)).Lines[^1].Body.ShouldBe("now it is Ben's");
    }

    [Fact]
    public async Task A_number_that_is_no_line_of_ours_is_kept_and_said_so()
    {
        var text = await clinic.Receive(Cell, "hello", to: "+12125550199");
        (await clinic.Rooms.Send(new Integration.Replies.ReadReply(text.Id))).ShouldBe("unknown-line");

        (await clinic.Rooms.Read(db => db.Set<InboundText>().SingleAsync())).Understood.ShouldBeTrue();
        (await clinic.Rooms.Read(db => db.Set<PatientChannel>().CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("es", "No se leen las respuestas a este número. Por favor llame a Test Practice.")]
    [InlineData(null, "Replies to this number are not read. Please call Test Practice.")]
    public async Task A_one_way_line_says_so_and_stays_closed(string? language, string answer)
    {
        await using var oneWay = await Clinic.Open(oneWay: true);
        var ana = await oneWay.Patient("A", "Ana", Cell, language);

        (await oneWay.Hear(Cell, "can I come later?")).ShouldBe("plain");

        var conversation = await oneWay.Conversation(ana);
        conversation.Channel.IsOpen.ShouldBeFalse();
        conversation.Channel.NeedsAction.ShouldBeFalse();
        conversation.Lines.Select(line => line.Body).ShouldBe(["can I come later?", answer]);
    }

    [Fact]
    public async Task A_machine_that_answers_a_one_way_line_is_not_answered_for_ever()
    {
        await using var oneWay = await Clinic.Open(oneWay: true);
        for (var round = 0; round < 6; round++)
            await oneWay.Hear(Cell, "This is an automatic answer");

        (await oneWay.SentTo(Cell)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_picture_with_an_answer_is_for_staff()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Ask(ana, await clinic.Book(ana, "V"));
        var text = await clinic.Receive(Cell, "yes");
        await clinic.Rooms.Read(async db => await db.Set<InboundText>().Where(row => row.Id == text.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MediaCount, 1)));

        (await clinic.Rooms.Send(new Integration.Replies.ReadReply(text.Id))).ShouldBe("plain");
        (await clinic.Conversation(ana)).Lines[^1].Body.ShouldBe("yes [1 attachment]");
    }
}
