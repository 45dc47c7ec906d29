using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Channels;

public sealed class When_something_happens_to_a_visit : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;
    private Patient patient = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await Clinic.Open();
        patient = await clinic.Patient("A", "Ana", Cell);
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task The_conversation_says_so_in_the_practices_time()
    {
        await clinic.Book(patient, "V");
        clinic.Pass(Duration.FromMinutes(1));
        await clinic.Say(patient, "V", AppointmentChange.Reschedule, Duration.FromDays(3));
        clinic.Pass(Duration.FromMinutes(1));
        await clinic.Say(patient, "V", AppointmentChange.Cancel);

        var conversation = await clinic.Conversation(patient);
        conversation.Lines.Select(line => (line.Event, line.Body)).ShouldBe(
        [
            (ChannelEvent.Booked, "Booked for Wed, Oct 28, 2026 at 10:00 AM"),
            (ChannelEvent.Changed, "Changed to Thu, Oct 29, 2026 at 10:01 AM"),
            (ChannelEvent.CancelledByEmr, "The EMR cancelled the visit of Thu, Oct 29, 2026 at 10:01 AM"),
        ]);
        conversation.Channel.IsOpen.ShouldBeFalse();
        conversation.Lines[0].AppointmentId.ShouldBe((await clinic.Visit("V")).Id);
    }

    [Fact]
    public async Task The_same_data_again_adds_nothing()
    {
        await clinic.Book(patient, "V");
        await clinic.Say(patient, "V", AppointmentChange.Update);

        (await clinic.Conversation(patient)).Lines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_patient_who_cannot_be_reached_has_no_conversation()
    {
        var unreachable = await clinic.Patient("B", "Ben", cell: null);
        await clinic.Book(unreachable, "V");

        (await clinic.Rooms.Read(db => db.Set<PatientChannel>().CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData(PatientStatus.Confirmed, ChannelEvent.Confirmed, false)]
    [InlineData(PatientStatus.Cancelled, ChannelEvent.CancelRequested, true)]
    [InlineData(PatientStatus.RescheduleRequested, ChannelEvent.RescheduleRequested, true)]
    public async Task An_answer_opens_the_channel_when_somebody_must_act(PatientStatus status, string happened, bool opens)
    {
        var visit = await clinic.Book(patient, "V");
        await clinic.Rooms.Send(new AnswerAppointment(visit.Id, status, "patient"));

        var conversation = await clinic.Conversation(patient);
        conversation.Lines[^1].Event.ShouldBe(happened);
        conversation.Channel.IsOpen.ShouldBe(opens);
        conversation.Channel.NeedsAction.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_write_back_a_confirmation_can_open_it_too()
    {
        await using var other = await Clinic.Open(settings: new KeyValuePair<string, string?>("Channels:StatusesThatReopen:0", "Confirmed"));
        var somebody = await other.Patient("A", "Ana", Cell);
        var visit = await other.Book(somebody, "V");

        await other.Rooms.Send(new AnswerAppointment(visit.Id, PatientStatus.Cancelled, "patient"));
        (await other.Conversation(somebody)).Channel.IsOpen.ShouldBeFalse();
        await other.Rooms.Send(new AnswerAppointment(visit.Id, PatientStatus.Confirmed, "patient"));
        (await other.Conversation(somebody)).Channel.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Staff_answering_for_the_patient_is_named_and_opens_nothing()
    {
        var visit = await clinic.Book(patient, "V");
        await clinic.Rooms.Send(new AnswerAppointment(visit.Id, PatientStatus.Cancelled, "desk@example.org"));

        var conversation = await clinic.Conversation(patient);
        conversation.Lines[^1].By.ShouldBe("desk@example.org");
        conversation.Lines[^1].Body.ShouldEndWith("on the patient's behalf");
        conversation.Channel.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_death_is_in_the_conversation()
    {
        await clinic.Book(patient, "V");
        await clinic.Rooms.Send(new UpdatePatient(
            "main", "US", new PatientFacts { Id = "A", Deceased = true }, new MessageVersion(clinic.Now, "99")));

        (await clinic.Conversation(patient)).Lines[^1].Event.ShouldBe(ChannelEvent.Deceased);
    }
}
