using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>A visit that a number was asked about, and how it stands.</summary>
internal sealed record AskedVisit(OpenQuestion Question, Appointment Appointment)
{
    public long PatientId => Question.PatientId;

    /// <summary>Questions to a number about visits that are still ahead, the latest asked first.</summary>
    public static async Task<List<AskedVisit>> At(IntegrationDb db, long lineId, string number, Instant now, CancellationToken cancellation)
    {
        var asked =
            from question in db.Set<OpenQuestion>()
            where question.Number == number && question.LineId == lineId && question.State != QuestionState.Closed && question.ClosesAt > now
            join appointment in db.Set<Appointment>() on question.AppointmentId equals appointment.Id
            where appointment.SystemStatus == EmrStatus.Booked || appointment.SystemStatus == EmrStatus.Confirmed
            orderby question.AskedAt descending, question.Id descending
            select new AskedVisit(question, appointment);
        return await asked.ToListAsync(cancellation);
    }
}
