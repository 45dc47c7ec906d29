using Microsoft.AspNetCore.Http.HttpResults;

namespace Artera.Integration.Web.Api;

/// <summary>What can be wrong with a request (RFC 9457), in words that name no patient.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such thing here.");

    public static ProblemHttpResult KeyReused => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "This Idempotency-Key was used for another request.");

    public static ProblemHttpResult Bad(string what) => TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: what);

    public static ProblemHttpResult Conflict(string why) => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: why);

    public static Results<Ok<T>, ProblemHttpResult> OrNotFound<T>(this T? found)
        where T : class => found is null ? NotFound : TypedResults.Ok(found);
}
