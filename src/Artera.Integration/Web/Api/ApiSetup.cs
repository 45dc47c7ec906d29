using Artera.Integration.Enterprise;
using Artera.Integration.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Scalar.AspNetCore;

namespace Artera.Integration.Web.Api;

internal static class ApiSetup
{
    private const string Root = "/api/v1";
    private const int LongestBody = 64 * 1024;

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddProblemDetails()
        .AddExceptionHandler<BadRequests>()
        .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true)
        .ConfigureHttpJsonOptions(json => JsonFormats.Apply(json.SerializerOptions))
        .AddOpenApi("v1", ApiDescription.Complete);

    public static void UseApi(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase),
        api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
            api.Use((context, next) =>
            {
                context.Request.EnableBuffering(LongestBody);
                context.Response.Headers.CacheControl = "no-store";
                return next(context);
            });
        });

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        var staff = api.MapGroup("").For(Role.Staff);
        staff.MapPatients();
        staff.MapAppointments();
        staff.MapRecalls();
        staff.MapReferrals();
        staff.MapChannels();
        staff.MapMessages();
        staff.MapDecisions();
        staff.MapEnterprise();
        var managers = api.MapGroup("").For(Role.Manager);
        managers.MapTriggers();
        managers.MapCampaigns();
        managers.MapExtracts();
        managers.MapFeeds();
        managers.MapHeld();
        managers.MapWriteBacks();
        managers.MapOrderStatuses();
        managers.MapTraces();
        app.MapOpenApi("/openapi/{documentName}.json").For(Role.Staff);
        app.MapScalarApiReference("/api", (options, context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Description;
            ApiDescription.Show(options);
        });
    }
}
