using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Replies;

public sealed class When_a_number_opts_out : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;
    private Patient mother = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        mother = await clinic.Patient("A", "Ana", Cell);
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Theory]
    [InlineData("STOP")]
    [InlineData("Unsubscribe.")]
    [InlineData("CANCEL")]
    [InlineData("parar")]
    public async Task It_is_out_and_the_question_stays_as_it_was(string words)
    {
        await clinic.Ask(mother, await clinic.Book(mother, "V"));

        (await clinic.Hear(Cell, words)).ShouldBe("opt-out");

        (await IsOut()).ShouldBeTrue();
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        var conversation = await clinic.Conversation(mother);
        conversation.Lines.Skip(2).Select(line => line.Event ?? line.Body).ShouldBe([words, ChannelEvent.OptedOut]);
        conversation.Channel.IsOpen.ShouldBeFalse();
        (await clinic.SentTo(Cell)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_who_shares_the_number_hears_of_it()
    {
        var child = await clinic.Patient("B", "Ben", Cell);
        await clinic.Book(mother, "V1");
        await clinic.Book(child, "V2");

        await clinic.Hear(Cell, "STOP");

        (await clinic.Conversation(mother)).Lines[^1].Event.ShouldBe(ChannelEvent.OptedOut);
        (await clinic.Conversation(child)).Lines[^1].Event.ShouldBe(ChannelEvent.OptedOut);
    }

    [Theory]
    [InlineData("START")]
    [InlineData("YES")]
    public async Task It_comes_back_and_answers_nothing_by_that(string words)
    {
        await clinic.Ask(mother, await clinic.Book(mother, "V"));
        await clinic.Hear(Cell, "STOP");

        (await clinic.Hear(Cell, words)).ShouldBe("opt-in");

        (await IsOut()).ShouldBeFalse();
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        (await clinic.Conversation(mother)).Lines[^1].Event.ShouldBe(ChannelEvent.OptedIn);
        (await clinic.Hear(Cell, "YES")).ShouldBe("confirm");
    }

    [Fact]
    public async Task It_can_still_answer()
    {
        await clinic.Ask(mother, await clinic.Book(mother, "V"));
        await clinic.Hear(Cell, "STOP");

        (await clinic.Hear(Cell, "N")).ShouldBe("cancel");
        (await IsOut()).ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_cancels_the_visit_where_the_setting_says_so()
    {
        await using var other = await Clinic.Open(settings: new KeyValuePair<string, string?>("Replies:CancelKeyword", "CancelVisit"));
        var somebody = await other.Patient("A", "Ana", Cell);
        await other.Ask(somebody, await other.Book(somebody, "V"));

        (await other.Hear(Cell, "CANCEL")).ShouldBe("cancel");
        (await other.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Cancelled);
        (await other.Rooms.Read(db => db.Set<OptOut>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_carrier_acted_upon_is_so_whatever_the_words()
    {
        var text = await clinic.Receive(Cell, "basta ya");
        await clinic.Rooms.Read(async db => await db.Set<InboundText>().Where(row => row.Id == text.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CarrierKeyword, "STOP")));

        (await clinic.Rooms.Send(new Integration.Replies.ReadReply(text.Id))).ShouldBe("opt-out");
        (await IsOut()).ShouldBeTrue();
    }

    private Task<bool> IsOut() => clinic.Rooms.Read(db => db.IsOptedOut(clinic.Line.Id, Cell, CancellationToken.None));
}
