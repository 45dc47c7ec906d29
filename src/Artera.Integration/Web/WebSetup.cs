using Artera.Integration.Web.Access;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Components;
using Artera.Integration.Web.Links;
using Artera.Integration.Web.Tracing;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

namespace Artera.Integration.Web;

internal static class WebSetup
{
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        builder.AddPageAssets();
        builder.Services.AddAccess().AddApi();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddScoped<Desk>().AddSingleton<Horizon>().AddScoped<VisitTraces>().AddScoped<OrderTraces>().AddScoped<MessageTraces>().AddScoped<TextTraces>();
        // Only form tokens of open pages are protected, and those need not outlive the server.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return builder;
    }

    public static WebApplication MapWeb(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseApi();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapApi();
        app.MapConfirmPage();
        app.MapUnsubscribePage();
        app.MapPageAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }
}
