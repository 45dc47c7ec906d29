using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Replies;

public sealed class When_a_patient_answers : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;
    private Patient patient = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        patient = await clinic.Patient("A", "Ana", Cell, "es");
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Theory]
    [InlineData("Y", "confirm", PatientStatus.Confirmed, ChannelEvent.Confirmed, false)]
    [InlineData("sí", "confirm", PatientStatus.Confirmed, ChannelEvent.Confirmed, false)]
    [InlineData("no gracias", "cancel", PatientStatus.Cancelled, ChannelEvent.CancelRequested, true)]
    public async Task The_visit_stands_as_answered_and_the_conversation_tells(string words, string meaning, PatientStatus status, string happened, bool opens)
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V"));

        (await clinic.Hear(Cell, words)).ShouldBe(meaning);

        (await clinic.Visit("V")).PatientStatus.ShouldBe(status);
        (await clinic.Visit("V")).SystemStatus.ShouldBe(EmrStatus.Booked);
        (await Questions()).ShouldBe([QuestionState.Answered]);
        var conversation = await clinic.Conversation(patient);
        conversation.Lines.Select(line => line.Event ?? line.Body).ShouldBe([ChannelEvent.Booked, "Will you come?", words, happened]);
        conversation.Channel.IsOpen.ShouldBe(opens);
        conversation.Channel.NeedsAction.ShouldBeFalse();
    }

    [Theory]
    [InlineData("can I come later?")]
    [InlineData("yes but can I come later?")]
    [InlineData("R")]
    public async Task Anything_else_is_for_staff_and_the_question_stays_open(string words)
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V"));

        (await clinic.Hear(Cell, words)).ShouldBe("plain");

        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        (await Questions()).ShouldBe([QuestionState.Open]);
        var channel = (await clinic.Conversation(patient)).Channel;
        channel.IsOpen.ShouldBeTrue();
        channel.NeedsAction.ShouldBeTrue();
        channel.OpenedAt.ShouldBe(clinic.Now);
    }

    [Fact]
    public async Task Another_time_can_be_asked_for_where_that_is_enabled()
    {
        await using var other = await Clinic.Open(settings: new KeyValuePair<string, string?>("Replies:AcceptReschedule", "true"));
        var somebody = await other.Patient("A", "Ana", Cell);
        await other.Ask(somebody, await other.Book(somebody, "V"));

        (await other.Hear(Cell, "3")).ShouldBe("reschedule");
        (await other.Visit("V")).PatientStatus.ShouldBe(PatientStatus.RescheduleRequested);
        (await other.Conversation(somebody)).Channel.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_of_mind_counts_until_the_visit()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V", Duration.FromHours(3)));
        await clinic.Hear(Cell, "yes");
        clinic.Pass(Duration.FromHours(1));
        (await clinic.Hear(Cell, "no")).ShouldBe("cancel");
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Cancelled);
        (await clinic.Hear(Cell, "yes")).ShouldBe("confirm");
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Confirmed);

        clinic.Pass(Duration.FromHours(2));
        (await clinic.Hear(Cell, "no")).ShouldBe("plain");
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task A_change_of_mind_is_for_staff_where_it_is_not_accepted()
    {
        await using var other = await Clinic.Open(settings: new KeyValuePair<string, string?>("Replies:AcceptChangeOfMind", "false"));
        var somebody = await other.Patient("A", "Ana", Cell);
        await other.Ask(somebody, await other.Book(somebody, "V"));

        await other.Hear(Cell, "yes");
        (await other.Hear(Cell, "no")).ShouldBe("plain");
        (await other.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task The_same_answer_again_changes_nothing()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V"));
        await clinic.Hear(Cell, "yes");
        (await clinic.Hear(Cell, "ok")).ShouldBe("confirm");

        var conversation = await clinic.Conversation(patient);
        conversation.Lines.Count(line => line.Event == ChannelEvent.Confirmed).ShouldBe(1);
        conversation.Channel.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_two_open_questions_the_latest_is_answered_and_the_other_one_named()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V1"));
        clinic.Pass(Duration.FromHours(1));
        await clinic.Ask(patient, await clinic.Book(patient, "V2", Duration.FromDays(5)));

        await clinic.Hear(Cell, "Y");

        (await clinic.Visit("V1")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        (await clinic.Visit("V2")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        var last = (await clinic.Conversation(patient)).Lines[^1];
        (last.Event, last.Body).ShouldBe((ChannelEvent.QuestionStillOpen, "Asked earlier and still open: Wed, Oct 28, 2026 at 10:00 AM"));

        await clinic.Hear(Cell, "Y");
        (await clinic.Visit("V1")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task A_message_about_several_visits_is_answered_for_all_of_them()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V1"), await clinic.Book(patient, "V2", Duration.FromHours(50)));
        await clinic.Hear(Cell, "Y");

        (await clinic.Visit("V1")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        (await clinic.Visit("V2")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task An_answer_settles_every_question_about_the_same_visit()
    {
        var visit = await clinic.Book(patient, "V");
        await clinic.Ask(patient, visit);
        clinic.Pass(Duration.FromHours(1));
        await clinic.Ask(patient, visit);
        await clinic.Hear(Cell, "Y");

        (await Questions()).ShouldBe([QuestionState.Answered, QuestionState.Answered]);
        (await clinic.Conversation(patient)).Lines[^1].Event.ShouldBe(ChannelEvent.Confirmed);
    }

    [Fact]
    public async Task A_visit_that_the_EMR_has_cancelled_is_not_answered()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V"));
        await clinic.Say(patient, "V", AppointmentChange.Cancel);

        (await clinic.Hear(Cell, "Y")).ShouldBe("plain");
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Fact]
    public async Task Nobody_was_asked()
    {
        (await clinic.Hear(Cell, "Y")).ShouldBe("plain");
        (await clinic.Conversation(patient)).Channel.NeedsAction.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_text_is_read_once()
    {
        await clinic.Ask(patient, await clinic.Book(patient, "V"));
        var text = await clinic.Receive(Cell, "Y");
        await clinic.Rooms.Send(new Integration.Replies.ReadReply(text.Id));
        (await clinic.Rooms.Send(new Integration.Replies.ReadReply(text.Id))).ShouldBe("confirm");

        (await clinic.Conversation(patient)).Lines.Count(line => line.Kind == LineKind.Inbound).ShouldBe(1);
    }

    private Task<List<QuestionState>> Questions() =>
        clinic.Rooms.Read(db => db.Set<OpenQuestion>().OrderBy(row => row.Id).Select(row => row.State).ToListAsync());
}
