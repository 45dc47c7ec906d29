using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Web.Access;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class WriteBacksApi
{
    public static void MapWriteBacks(this IEndpointRouteBuilder api)
    {
        var writeBacks = api.MapGroup("/writebacks").WithTags("Write-backs");
        writeBacks.MapGet("/", List).AddEndpointFilter(new AuditReads("writebacks")).WithSummary("Answers for the EMR, the latest first.");
        writeBacks.MapGet("/{id:long}", Get).AddEndpointFilter(new AuditReads("writebacks"))
            .WithSummary("One answer for the EMR: as sent, and the EMR's acknowledgement.");
        writeBacks.MapPost("/{id:long}/retry", Retry).AddEndpointFilter<OnceOnly>().WithSummary("Send a parked answer again.");
        writeBacks.MapPost("/{id:long}/drop", Drop).AddEndpointFilter<OnceOnly>().WithSummary("The EMR need not hear this answer, or a person has entered it there.");
    }

    private static async Task<Ok<Page<WriteBackRow>>> List(
        WriteBackState? state, string? feed, long? appointmentId, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<PendingWriteBack>().AsNoTracking();
        if (state is not null)
            rows = rows.Where(row => row.State == state);
        if (feed is not null)
            rows = rows.Where(row => row.Feed == feed);
        if (appointmentId is not null)
            rows = rows.Where(row => row.AppointmentId == appointmentId);
        if (page.After is { } after)
            rows = rows.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(rows.OrderByDescending(row => row.Id).AsRows(db), row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Results<Ok<WriteBackDetail>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation)
    {
        var row = await db.Set<PendingWriteBack>().AsNoTracking().Where(row => row.Id == id).AsRows(db).SingleOrDefaultAsync(cancellation);
        if (row is null)
            return Problems.NotFound;
        var bytes = await db.Set<PendingWriteBack>().AsNoTracking().Where(row => row.Id == id)
            .Select(row => new { row.Sent, row.Acknowledgement }).SingleAsync(cancellation);
        return TypedResults.Ok(new WriteBackDetail(row, MessageText.Of(bytes.Sent), MessageText.Of(bytes.Acknowledgement)));
    }

    private static Task<Results<Ok<WriteBackDetail>, ProblemHttpResult>> Retry(
        long id, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new DecideWriteBack(id, DecideWriteBack.Choice.SendAgain, http.User.Who()), db, sender, cancellation);

    private static Task<Results<Ok<WriteBackDetail>, ProblemHttpResult>> Drop(
        long id, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new DecideWriteBack(id, DecideWriteBack.Choice.Drop, http.User.Who()), db, sender, cancellation);

    private static async Task<Results<Ok<WriteBackDetail>, ProblemHttpResult>> Decide(
        DecideWriteBack command, IntegrationDb db, ISender sender, CancellationToken cancellation)
    {
        switch (await sender.Send(command, cancellation))
        {
            case DecideWriteBack.Outcome.NoSuchAnswer:
                return Problems.NotFound;
            case DecideWriteBack.Outcome.Refused:
                return Problems.Conflict("The answer is settled, or its visit is no longer on.");
            default:
                await db.SaveChangesAsync(cancellation);
                return await Get(command.WriteBackId, db, cancellation);
        }
    }
}

public sealed record WriteBackRow(
    long Id,
    string Feed,
    long AppointmentId,
    long? PatientId,
    PatientStatus Status,
    WriteBackState State,
    string? Cause,
    int Attempts,
    string? ControlId,
    Instant CreatedAt,
    Instant DueAt,
    Instant? SettledAt) : IAboutPatient;

internal sealed record WriteBackDetail(WriteBackRow WriteBack, string? Sent, string? Acknowledgement) : IAboutPatient
{
    long? IAboutPatient.PatientId => WriteBack.PatientId;
}

internal static class WriteBackRows
{
    public static IQueryable<WriteBackRow> AsRows(this IQueryable<PendingWriteBack> rows, IntegrationDb db) => rows.Select(row => new WriteBackRow(
        row.Id, row.Feed, row.AppointmentId,
        db.Set<Appointment>().Where(visit => visit.Id == row.AppointmentId).Select(visit => (long?)visit.PatientId).FirstOrDefault(),
        row.Status, row.State, row.Cause, row.Attempts, row.ControlId, row.CreatedAt, row.DueAt, row.SettledAt));
}
