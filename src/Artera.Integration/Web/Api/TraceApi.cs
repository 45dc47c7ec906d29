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
        trace.MapGet("/texts/{id:long}", Text).AddEndpointFilter(new AuditReads("trace text"))
            .WithSummary("A text that went out, and the appointments that it is about.");
        trace.MapGet("/answers/{id:long}", Answer).AddEndpointFilter(new AuditReads("trace answer"))
            .WithSummary("A text that came in, and the appointments that the line had last asked about.");
    }

    private static async Task<Results<Ok<MessageTrace>, ProblemHttpResult>> Message(long id, MessageTraces traces, CancellationToken cancellation) =>
        (await traces.Of(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<VisitTrace>, ProblemHttpResult>> Appointment(long id, VisitTraces traces, CancellationToken cancellation) =>
        (await traces.Of(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<TextTrace>, ProblemHttpResult>> Text(long id, TextTraces traces, CancellationToken cancellation) =>
        (await traces.Sent(id, cancellation)).OrNotFound();

    private static async Task<Results<Ok<TextTrace>, ProblemHttpResult>> Answer(long id, TextTraces traces, CancellationToken cancellation) =>
        (await traces.Received(id, cancellation)).OrNotFound();
}
