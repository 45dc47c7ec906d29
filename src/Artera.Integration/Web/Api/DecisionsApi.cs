using Artera.Integration.Outreach;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder api) => api.MapGet("/decisions", List)
        .WithTags("Decisions").AddEndpointFilter(new AuditReads("decisions"))
        .WithSummary("Why a patient got, will get or did not get a message: each trigger's decision, the latest first.");

    private static async Task<Results<Ok<Page<DecisionRow>>, ProblemHttpResult>> List(
        long? patientId, long? appointmentId, [AsParameters] PageRequest page, ISender sender, CancellationToken cancellation)
    {
        if (patientId is null && appointmentId is null)
            return Problems.Bad("patientId or appointmentId is needed");

        var decisions = await sender.Send(new DecisionsOf(patientId, appointmentId, page.After?.Id, page.Take + 1), cancellation);
        return TypedResults.Ok(page.Of(decisions.Select(DecisionRow.Of), row => new Cursor(row.Id)));
    }
}

/// <param name="Reason">A stable word.</param>
/// <param name="InWords">The same for people.</param>
internal sealed record DecisionRow(
    long Id,
    long PatientId,
    TriggerModule Module,
    long SubjectId,
    string Trigger,
    PlanState State,
    string? Reason,
    string? InWords,
    Instant DueAt,
    Instant DecidedAt,
    long? MessageId) : IAboutPatient
{
    long? IAboutPatient.PatientId => PatientId;

    public static DecisionRow Of(Decision row) => new(
        row.Id, row.PatientId, row.Module, row.SubjectId, row.Trigger, row.State, row.Reason, row.InWords, row.Due, row.DecidedAt, row.OutboundMessageId);
}
