using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using NodaTime;

namespace Artera.Integration.Tests.Replies;

public sealed class When_a_phone_is_shared : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private const string Question = "Who is this about? Please reply with the number.\n1 Ana\n2 Ben";
    private Clinic clinic = null!;
    private Patient ana = null!;
    private Patient ben = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        ana = await clinic.Patient("A", "Ana", Cell);
        ben = await clinic.Patient("B", "Ben", Cell);
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Theory]
    [InlineData("2")]
    [InlineData("2, thanks")]
    [InlineData("BEN")]
    public async Task Whom_an_answer_is_about_is_asked_by_first_name_and_the_choice_applied(string choice)
    {
        await AskBoth();

        (await clinic.Hear(Cell, "Y")).ShouldBe("who-is-this");
        (await clinic.SentTo(Cell))[^1].ShouldBe(Question);
        (await Statuses()).ShouldBe((PatientStatus.Unconfirmed, PatientStatus.Unconfirmed));
        (await clinic.Conversation(null, Cell)).Channel.IsOpen.ShouldBeTrue();

        clinic.Pass(Duration.FromMinutes(2));
        (await clinic.Hear(Cell, choice)).ShouldBe("choice");
        (await Statuses()).ShouldBe((PatientStatus.Unconfirmed, PatientStatus.Confirmed));
        (await clinic.Conversation(ben)).Lines.Skip(2).Select(line => line.Event ?? line.Body).ShouldBe(["Y", choice, ChannelEvent.Confirmed], ignoreOrder: false);
        (await clinic.Conversation(ana)).Lines.Count.ShouldBe(2);
        (await clinic.Conversation(null, Cell)).Channel.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Both_answers_for_both()
    {
        await AskBoth();
        await clinic.Hear(Cell, "N");

        (await clinic.Hear(Cell, "both")).ShouldBe("choice");
        (await Statuses()).ShouldBe((PatientStatus.Cancelled, PatientStatus.Cancelled));
        (await clinic.Conversation(ana)).Lines.Select(line => line.Body).ShouldContain("N");
        (await clinic.Conversation(ben)).Lines.Select(line => line.Body).ShouldContain("N");
    }

    [Fact]
    public async Task When_only_one_was_asked_the_answer_is_theirs()
    {
        await clinic.Book(ana, "VA");
        await clinic.Ask(ben, await clinic.Book(ben, "VB"));

        (await clinic.Hear(Cell, "Y")).ShouldBe("confirm");
        (await Statuses()).ShouldBe((PatientStatus.Unconfirmed, PatientStatus.Confirmed));
    }

    [Fact]
    public async Task After_one_choice_the_next_answer_is_for_the_one_still_open()
    {
        await AskBoth();
        await clinic.Hear(Cell, "Y");
        await clinic.Hear(Cell, "1");

        (await clinic.Hear(Cell, "Y")).ShouldBe("confirm");
        (await Statuses()).ShouldBe((PatientStatus.Confirmed, PatientStatus.Confirmed));
    }

    [Fact]
    public async Task After_one_choice_what_could_be_a_change_of_mind_or_the_others_answer_is_asked_again()
    {
        await AskBoth();
        await clinic.Hear(Cell, "Y");
        await clinic.Hear(Cell, "1");

        (await clinic.Hear(Cell, "N")).ShouldBe("who-is-this");
        (await clinic.Hear(Cell, "Ben")).ShouldBe("choice");
        (await Statuses()).ShouldBe((PatientStatus.Confirmed, PatientStatus.Cancelled));
    }

    [Fact]
    public async Task The_choice_holds_for_the_conversation_and_not_longer()
    {
        await AskBoth();
        await clinic.Hear(Cell, "Y");
        await clinic.Hear(Cell, "2");

        (await clinic.Hear(Cell, "is there parking?")).ShouldBe("plain");
        (await clinic.Conversation(ben)).Lines[^1].Body.ShouldBe("is there parking?");

        await clinic.Hear(Cell, "Y");
        clinic.Pass(Duration.FromHours(25));
        (await clinic.Hear(Cell, "where do I go?")).ShouldBe("plain");
        (await clinic.Conversation(ben)).Lines[^1].Body.ShouldBe("where do I go?");
    }

    [Fact]
    public async Task A_choice_that_comes_too_late_is_read_as_anything_else()
    {
        await AskBoth();
        await clinic.Hear(Cell, "Y");
        clinic.Pass(Duration.FromHours(25));

        (await clinic.Hear(Cell, "Ben")).ShouldBe("plain");
        (await Statuses()).ShouldBe((PatientStatus.Unconfirmed, PatientStatus.Unconfirmed));
    }

    [Fact]
    public async Task A_number_that_is_not_on_the_list_chooses_nobody()
    {
        await AskBoth();
        await clinic.Hear(Cell, "Y");

        (await clinic.Hear(Cell, "7")).ShouldBe("plain");
        (await clinic.Hear(Cell, "2")).ShouldBe("choice");
        (await Statuses()).ShouldBe((PatientStatus.Unconfirmed, PatientStatus.Confirmed));
    }

    [Fact]
    public async Task It_is_not_asked_for_ever()
    {
        await AskBoth();
        foreach (var meaning in new[] { "who-is-this", "who-is-this", "who-is-this", "plain" })
            (await clinic.Hear(Cell, "Y")).ShouldBe(meaning);
    }

    [Fact]
    public async Task Namesakes_are_for_staff_to_tell_apart()
    {
        var namesake = await clinic.Patient("C", "ANA", Cell);
        await clinic.Ask(ana, await clinic.Book(ana, "VA"));
        await clinic.Ask(namesake, await clinic.Book(namesake, "VC"));

        (await clinic.Hear(Cell, "Y")).ShouldBe("plain");
        var unverified = await clinic.Conversation(null, Cell);
        unverified.Channel.NeedsAction.ShouldBeTrue();
        unverified.Lines[^1].Event.ShouldBe(ChannelEvent.SharedNumber);
    }

    [Fact]
    public async Task The_question_is_asked_in_everybodys_language()
    {
        var eva = await clinic.Patient("C", "Eva", Cell, "es-MX");
        await clinic.Ask(ana, await clinic.Book(ana, "VA"));
        await clinic.Ask(eva, await clinic.Book(eva, "VC"));
        await clinic.Hear(Cell, "sí");

        (await clinic.SentTo(Cell))[^1].Split('\n').ShouldBe(
            ["Who is this about? Please reply with the number.", "¿De quién se trata? Por favor responda con el número.", "1 Ana", "2 Eva"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task An_opted_out_phone_is_asked_nothing()
    {
        await AskBoth();
        await clinic.Hear(Cell, "STOP");

        (await clinic.Hear(Cell, "Y")).ShouldBe("plain");
        (await clinic.SentTo(Cell)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_merge_meanwhile_leaves_the_numbers_as_they_were_sent()
    {
        var twin = await clinic.Patient("B2", "Benjamin", "+12125550102");
        await AskBoth();
        await clinic.Hear(Cell, "Y");
        await clinic.Rooms.Send(new MergePatients("main", "US", new PatientFacts { Id = "B2" }, "B", new MessageVersion(clinic.Now, "99")));

        (await clinic.Hear(Cell, "2")).ShouldBe("choice");
        (await clinic.Visit("VB")).PatientId.ShouldBe(twin.Id);
        (await clinic.Conversation(twin)).Lines.Select(line => line.Body).ShouldContain("Y");
    }

    [Fact]
    public async Task A_message_to_staff_goes_to_the_conversation_that_is_going_on()
    {
        await clinic.Book(ana, "VA");
        await clinic.Book(ben, "VB");
        (await clinic.Hear(Cell, "hello, a question")).ShouldBe("plain");
        (await clinic.Conversation(null, Cell)).Lines[^1].Event.ShouldBe(ChannelEvent.SharedNumber);

        await clinic.Rooms.Send(new OpenChannel((await clinic.Conversation(ben)).Channel.Id, "desk@example.org"));
        await clinic.Hear(Cell, "are you there?");
        (await clinic.Conversation(ben)).Lines[^1].Body.ShouldBe("are you there?");
    }

    private async Task AskBoth()
    {
        await clinic.Ask(ana, await clinic.Book(ana, "VA"));
        clinic.Pass(Duration.FromMinutes(1));
        await clinic.Ask(ben, await clinic.Book(ben, "VB"));
        clinic.Pass(Duration.FromMinutes(1));
    }

    private async Task<(PatientStatus Ana, PatientStatus Ben)> Statuses() =>
        ((await clinic.Visit("VA")).PatientStatus, (await clinic.Visit("VB")).PatientStatus);
}
