using Artera.Integration.Operations.Audit;
using Artera.Integration.Web.Access;

namespace Artera.Integration.Web.Api;

/// <summary>An answer that tells of a patient; null when nobody knows yet whom it is about.</summary>
public interface IAboutPatient
{
    long? PatientId { get; }
}

/// <summary>Writes down whom an answer tells of, before it leaves.</summary>
internal sealed class AuditReads(string resource) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var (patients, subject) = Told(answer) switch
        {
            IAboutPatient one => ([one.PatientId], SubjectOf(context.HttpContext)),
            IPage { Items: var items } => (items.OfType<IAboutPatient>().Select(item => item.PatientId).Distinct().ToList(), SubjectOf(context.HttpContext)),
            _ => (new List<long?>(), resource),
        };
        var http = context.HttpContext;
        await http.RequestServices.GetRequiredService<AuditLog>().Seen(http.User.Who(), patients, subject, http.RequestAborted);
        return answer;
    }

    private static object? Told(object? answer) => answer switch
    {
        INestedHttpResult { Result: var result } => Told(result),
        IValueHttpResult { Value: var value } => value,
        _ => null,
    };

    private string SubjectOf(HttpContext http) => http.Request.RouteValues["id"] is { } id ? $"{resource}:{id}" : resource;
}
