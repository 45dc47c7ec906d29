using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using Scalar.AspNetCore;

namespace Artera.Integration.Web.Api;

/// <summary>What the OpenAPI document says beyond the endpoints themselves.</summary>
internal static class ApiDescription
{
    private const string Scheme = "key";

    public static void Complete(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Artera.Integration";
            document.Info.Description = "Lists are paged: send the `next` of one page as `after` for the page that follows. "
                + "Errors are problem details (RFC 9457). A POST with an `Idempotency-Key` is carried out once; the same key again gets the same answer.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A secret that `apikey add NAME --role R` printed.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(Instant))
                Text(schema, "date-time");
            else if (type == typeof(LocalDate))
                Text(schema, "date");
            return Task.CompletedTask;
        });
    }

    /// <summary>Nothing of it leaves for, or comes from, another host.</summary>
    public static void Show(ScalarOptions options) => options
        .WithTitle("Artera.Integration")
        .WithOpenApiRoutePattern("/openapi/{documentName}.json")
        .HideDeveloperTools()
        .HideClientButton()
        .DisableDefaultFonts()
        .DisableAgent()
        .DisableMcp()
        .DisableTelemetry();

    private static void Text(OpenApiSchema schema, string format)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = format;
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }
}
