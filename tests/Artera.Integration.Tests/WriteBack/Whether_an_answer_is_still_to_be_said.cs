using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class Whether_an_answer_is_still_to_be_said
{
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 26, 14, 0);
    private static readonly Instant Start = Now + Duration.FromDays(2);

    [Theory]
    [InlineData(PatientStatus.Confirmed, EmrStatus.Booked, null, null)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.Booked, null, null)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.Confirmed, null, null)]
    [InlineData(PatientStatus.RescheduleRequested, EmrStatus.Confirmed, null, null)]
    [InlineData(PatientStatus.Confirmed, EmrStatus.Confirmed, WriteBackState.Done, Causes.AlreadyConfirmed)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.Cancelled, WriteBackState.Done, Causes.AlreadyCancelled)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.Deleted, WriteBackState.Done, Causes.AlreadyCancelled)]
    [InlineData(PatientStatus.Confirmed, EmrStatus.Cancelled, WriteBackState.Parked, Causes.Cancelled)]
    [InlineData(PatientStatus.RescheduleRequested, EmrStatus.Deleted, WriteBackState.Parked, Causes.Cancelled)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.NoShow, WriteBackState.Parked, Causes.NoShow)]
    [InlineData(PatientStatus.Confirmed, EmrStatus.Arrived, WriteBackState.Superseded, Causes.VisitBegan)]
    [InlineData(PatientStatus.Cancelled, EmrStatus.Completed, WriteBackState.Superseded, Causes.VisitBegan)]
    public void By_what_the_EMR_says(PatientStatus status, EmrStatus system, WriteBackState? state, string? cause) =>
        Of(status, system).ShouldBe(state is { } end ? new Ending(end, cause!) : null);

    [Theory]
    [InlineData(PatientStatus.Confirmed, WriteBackState.Parked)]
    [InlineData(PatientStatus.Cancelled, WriteBackState.Parked)]
    [InlineData(PatientStatus.RescheduleRequested, WriteBackState.Superseded)]
    public void By_whether_the_visit_moved(PatientStatus status, WriteBackState state) =>
        Of(status, EmrStatus.Booked, visit => visit.StartsAt = Start + Duration.FromHours(1)).ShouldBe(new Ending(state, Causes.Moved));

    [Fact]
    public void A_move_counts_even_when_the_EMR_has_confirmed_the_new_time() =>
        Of(PatientStatus.Confirmed, EmrStatus.Confirmed, visit => visit.ChangedAt = Now).ShouldBe(new Ending(WriteBackState.Parked, Causes.Moved));

    [Theory]
    [InlineData(59, false, false)]
    [InlineData(61, false, true)]
    [InlineData(61, true, false)]
    [InlineData(1441, true, true)]
    public void By_whether_the_visit_is_long_past(int minutes, bool dayOnly, bool past)
    {
        var ending = Of(PatientStatus.Confirmed, EmrStatus.Booked, visit => visit.DayOnly = dayOnly, Start + Duration.FromMinutes(minutes));
        ending.ShouldBe(past ? new Ending(WriteBackState.Parked, Causes.Past) : null);
    }

    private static Ending? Of(PatientStatus status, EmrStatus system, Action<Appointment>? meanwhile = null, Instant? now = null)
    {
        var visit = new Appointment { Emr = "E", ExternalId = "V", Feed = "main", PatientId = 1, BookedAt = Now, StartsAt = Start, SystemStatus = system };
        var answer = new PendingWriteBack
        {
            Feed = "main",
            AppointmentId = 1,
            Status = status,
            By = "patient",
            CreatedAt = Now,
            DueAt = Now,
            StartsAt = visit.StartsAt,
            MovedAt = visit.ChangedAt,
        };
        meanwhile?.Invoke(visit);
        return Relevance.Of(answer, visit, now ?? Now, Duration.FromHours(1));
    }
}
