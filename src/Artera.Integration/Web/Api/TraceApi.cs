using Artera.Integration.Web.Tracing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Artera.Integration.Web.Api;

internal static class TraceApi
{
    public static void MapTraces(this IEndpointRouteBuilder api)
    {
        var trace = api.MapGroup("/trace").WithTags("Trace");
        trace.MapGet("/messages/{id:long}", Message).AddEndpointFilter(new AuditReads("trace message"))
            .WithSummary("A message of the EMR: what was read of it by which rule, and everything that came of it.");
        trace.MapGet("/appointments/{id:long}", Appointment).AddEndpointFilter(new AuditReads("trace appointment"))
            .WithSummary("An appointment: every message, decision, text, answer and write-back, the oldest first.");
        trace.MapGet("/recalls/{id:long}", Recall).AddEndpointFilter(new AuditReads("trace recall"))
            .WithSummary("A recall: every message, decision, text and answer, and the visit that was booked for it, the oldest first.");
        trace.MapGet("/referrals/{id:long}", Referral).AddEndpointFilter(new AuditReads("trace referral"))
            .WithSummary("A referral: every message, decision, text and answer, and the visit that was booked for it, the oldest first.");
        trace.MapGet("/texts/{id:long}", Text).AddEndpointFilter(new AuditReads("trace text"))
            .WithSummary("A text that went out, and the appointments, recalls and referrals that it is about.");
        trace.MapGet("/answers/{id:long}", Answer).AddEndpointFilter(new AuditReads("trace answer"))
            .WithSummary("A text that came in, and what the line had last asked or told about.");
    }

    private static async Task<Results<Ok<MessageTrace>, ProblemHttpResult>> Message(long id, MessageTraces traces, CancellationToken cancellation) =>
        (await traces.Of(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<VisitTrace>, ProblemHttpResult>> Appointment(long id, VisitTraces traces, CancellationToken cancellation) =>
        (await traces.Of(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<OrderTrace>, ProblemHttpResult>> Recall(long id, OrderTraces traces, CancellationToken cancellation) =>
        (await traces.OfRecall(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<OrderTrace>, ProblemHttpResult>> Referral(long id, OrderTraces traces, CancellationToken cancellation) =>
        (await traces.OfReferral(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<TextTrace>, ProblemHttpResult>> Text(long id, TextTraces traces, CancellationToken cancellation) =>
        (await traces.Sent(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<TextTrace>, ProblemHttpResult>> Answer(long id, TextTraces traces, CancellationToken cancellation) =>
        (await traces.Received(id, cancellation)).OrNotFound();
}
