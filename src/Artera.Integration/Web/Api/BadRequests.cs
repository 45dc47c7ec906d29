using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Artera.Integration.Web.Api;

/// <summary>A request that cannot be read is answered with the place that cannot, and no word of what stands there.</summary>
internal sealed class BadRequests(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
            return false;
        httpContext.Response.StatusCode = bad.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = bad.StatusCode, Title = bad.InnerException is JsonException json ? $"The body cannot be read at {Place(json)}" : null },
        });
    }

    private static string Place(JsonException json) => $"{json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}";
}
