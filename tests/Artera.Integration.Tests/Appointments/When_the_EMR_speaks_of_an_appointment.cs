using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Appointments;

public sealed class When_the_EMR_speaks_of_an_appointment : IAsyncLifetime
{
    private static readonly Instant Tuesday = Instant.FromUtc(2026, 11, 3, 15, 0);
    private Rooms rooms = null!;
    private long patient;

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.Open();
        var system = new HealthSystem { Name = "Test Health" };
        await rooms.Write(system);
        await rooms.Write(new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" });
        patient = (await rooms.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "A" }, MessageVersion.None))).Patient.Id;
    }

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task A_new_id_is_a_new_appointment()
    {
        await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) });

        var appointment = await Known();
        appointment.SystemStatus.ShouldBe(EmrStatus.Booked);
        appointment.StartsAt.ShouldBe(Tuesday);
    }

    [Fact]
    public async Task A_new_time_asks_the_patient_again()
    {
        await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) });
        await rooms.Send(new AnswerAppointment((await Known()).Id, PatientStatus.Confirmed, "patient"));
        await Say(2, AppointmentChange.Reschedule, facts => facts with { Start = new VisitStart(Tuesday + Duration.FromDays(1)) });

        var appointment = await Known();
        appointment.PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
        appointment.ChangedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_data_again_moves_nothing()
    {
        await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) });
        await rooms.Send(new AnswerAppointment((await Known()).Id, PatientStatus.Confirmed, "patient"));
        await Say(2, AppointmentChange.Update, facts => facts with { Start = new VisitStart(Tuesday) });

        var appointment = await Known();
        appointment.PatientStatus.ShouldBe(PatientStatus.Confirmed);
        appointment.ChangedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_cancellation_wins_over_a_status_that_says_booked()
    {
        await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) });
        await Say(2, AppointmentChange.Cancel, facts => facts with { Status = EmrStatus.Booked });

        (await Known()).SystemStatus.ShouldBe(EmrStatus.Cancelled);
    }

    [Fact]
    public async Task An_older_version_is_stale()
    {
        await Say(2, AppointmentChange.Cancel, facts => facts);
        var outcome = await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) });

        outcome.ShouldBe(RecordAppointment.Outcome.Stale);
        (await Known()).SystemStatus.ShouldBe(EmrStatus.Cancelled);
    }

    [Fact]
    public async Task A_location_that_no_practice_owns_stores_nothing()
    {
        var outcome = await Say(1, AppointmentChange.Book, facts => facts with { Start = new VisitStart(Tuesday) }, practice: null);

        outcome.ShouldBe(RecordAppointment.Outcome.Unmapped);
        (await rooms.Read(db => db.Set<Appointment>().CountAsync())).ShouldBe(0);
    }

    private Task<Appointment> Known() => rooms.Read(db => db.Set<Appointment>().SingleAsync());

    private Task<RecordAppointment.Outcome> Say(
        int minute, AppointmentChange change, Func<AppointmentFacts, AppointmentFacts> state, long? practice = 1) =>
        rooms.Send(new RecordAppointment(
            "main", "main", patient, practice, change, state(new AppointmentFacts { Id = "V1" }),
            new MessageVersion(rooms.Clock.Now() + Duration.FromMinutes(minute), "1"), null));
}
