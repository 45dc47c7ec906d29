using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class AppointmentsApi
{
    public static void MapAppointments(this IEndpointRouteBuilder api)
    {
        var appointments = api.MapGroup("/appointments").WithTags("Appointments");
        appointments.MapGet("/", List).AddEndpointFilter(new AuditReads("appointments"))
            .WithSummary("Appointments by patient, practice, identifier of the EMR or time of start.");
        appointments.MapGet("/{id:long}", Get).AddEndpointFilter(new AuditReads("appointments"))
            .WithSummary("One appointment with both statuses, and whether the patient's answer is in the EMR.");
        appointments.MapPost("/{id:long}/answer", Answer).AddEndpointFilter<OnceOnly>()
            .WithSummary("Confirm, cancel or ask for another time on the patient's behalf; goes the way of a patient's own answer.");
    }

    private static async Task<Ok<Page<AppointmentRow>>> List(
        [AsParameters] AppointmentFilter filter, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var appointments = filter.Of(db.Set<Appointment>());
        if (page.After is { } after)
            appointments = appointments.Where(row => row.Id > after.Id);
        var rows = await appointments.OrderBy(row => row.Id).Take(page.Take + 1).ReadRows(db, cancellation);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(row.Id)));
    }

    private static async Task<Results<Ok<AppointmentRow>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await db.Set<Appointment>().Where(row => row.Id == id).ReadRows(db, cancellation)).SingleOrDefault().OrNotFound();

    private static async Task<Results<Ok<AppointmentRow>, ProblemHttpResult>> Answer(
        long id, AnswerBody body, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation)
    {
        if (body.Status == PatientStatus.Unconfirmed || !Enum.IsDefined(body.Status))
            return Problems.Bad("status must be Confirmed, Cancelled or RescheduleRequested");

        switch (await sender.Send(new AnswerForPatient(id, body.Status, http.User.Who()), cancellation))
        {
            case AnswerForPatient.Outcome.NoSuchAppointment:
                return Problems.NotFound;
            case AnswerForPatient.Outcome.NotLive:
                return Problems.Conflict("The EMR no longer has this appointment as booked.");
            default:
                await db.SaveChangesAsync(cancellation);
                return await Get(id, db, cancellation);
        }
    }
}

/// <param name="Status">Confirmed, Cancelled or RescheduleRequested.</param>
internal sealed record AnswerBody(PatientStatus Status);

internal sealed record AppointmentFilter(long? PatientId, long? PracticeId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To)
{
    public IQueryable<Appointment> Of(IQueryable<Appointment> rows)
    {
        if (PatientId is { } patient)
            rows = rows.Where(row => row.PatientId == patient);
        if (PracticeId is { } practice)
            rows = rows.Where(row => row.PracticeId == practice);
        if (ExternalId is { } external)
            rows = rows.Where(row => row.ExternalId == external);
        if (From is { } from)
            rows = rows.Where(row => row.StartsAt >= Instant.FromDateTimeOffset(from));
        if (To is { } to)
            rows = rows.Where(row => row.StartsAt < Instant.FromDateTimeOffset(to));
        return rows;
    }
}
