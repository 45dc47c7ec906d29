namespace Artera.Integration.Web.Api;

/// <summary>An answer as bytes: written once, kept, and sent as often as it is asked for.</summary>
internal sealed record Written(int Status, string? ContentType, byte[] Body, bool Replayed = false) : IResult
{
    public static async Task<Written> From(object? answer, HttpContext http)
    {
        var response = http.Response;
        var wire = response.Body;
        using var body = new MemoryStream();
        response.Body = body;
        try
        {
            await ((IResult)answer!).ExecuteAsync(http);
        }
        finally
        {
            response.Body = wire;
        }

        return new Written(response.StatusCode, response.ContentType, body.ToArray());
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        if (Replayed)
            response.Headers["Idempotent-Replayed"] = "true";
        if (Body.Length > 0)
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
