using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages").AddEndpointFilter(new AuditReads("messages"));
        messages.MapGet("/", List).WithSummary("Messages that went out or are to go out, the latest first.");
        messages.MapGet("/{id:long}", Get).WithSummary("One message with each attempt to send it.");
    }

    private static async Task<Ok<Page<MessageRow>>> List(
        long? patientId, OutboundState? state, DeliveryState? delivery, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var messages = db.Set<OutboundMessage>().AsNoTracking();
        if (patientId is not null)
            messages = messages.Where(row => row.PatientId == patientId);
        if (state is not null)
            messages = messages.Where(row => row.State == state);
        if (delivery is not null)
            messages = messages.Where(row => row.Delivery == delivery);
        if (page.After is { } after)
            messages = messages.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(AsRows(messages.OrderByDescending(row => row.Id)), row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Results<Ok<MessageDetail>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation)
    {
        var attempts = await db.Set<Attempt>().AsNoTracking().Where(row => row.OutboundMessageId == id).OrderBy(row => row.Number)
            .Select(row => new AttemptRow(row.Number, row.StartedAt, row.SettledAt, row.Outcome, row.Code)).ToListAsync(cancellation);
        var message = await AsRows(db.Set<OutboundMessage>().AsNoTracking().Where(row => row.Id == id)).SingleOrDefaultAsync(cancellation);
        return (message is null ? null : new MessageDetail(message, attempts)).OrNotFound();
    }

    private static IQueryable<MessageRow> AsRows(IQueryable<OutboundMessage> messages) => messages.Select(row => new MessageRow(
        row.Id, row.PatientId, row.LineId, row.Medium, row.From, row.To, row.Subject, row.Body, row.State, row.Delivery,
        row.FailureCode, row.ProviderId, row.CreatedAt, row.SentAt, row.DeliveredAt));
}

internal sealed record MessageRow(
    long Id,
    long? PatientId,
    long LineId,
    Medium Medium,
    string From,
    string To,
    string? Subject,
    string Body,
    OutboundState State,
    DeliveryState Delivery,
    string? FailureCode,
    string? ProviderId,
    Instant CreatedAt,
    Instant? SentAt,
    Instant? DeliveredAt) : IAboutPatient;

internal sealed record MessageDetail(MessageRow Message, IReadOnlyList<AttemptRow> Attempts) : IAboutPatient
{
    long? IAboutPatient.PatientId => Message.PatientId;
}

internal sealed record AttemptRow(int Number, Instant StartedAt, Instant? SettledAt, string? Outcome, string? Code);
