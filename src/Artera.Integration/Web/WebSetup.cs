using Artera.Integration.Web.Access;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Parts;
using Microsoft.AspNetCore.DataProtection;

namespace Artera.Integration.Web;

internal static class WebSetup
{
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccess().AddApi();
        builder.Services.AddRazorComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<FacesheetReader>();
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
        app.MapStaticAssets();
        app.MapRazorComponents<App>();
        app.MapApi();
        return app;
    }
}
