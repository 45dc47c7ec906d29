using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.FileProviders;

namespace Artera.Integration.Web;

/// <summary>Style sheets and scripts of the pages, whatever folder the server was started from, built or published.</summary>
internal static class PageAssets
{
    private const string Assembly = "artera-integration";

    public static void AddPageAssets(this WebApplicationBuilder builder)
    {
        builder.Environment.ApplicationName = Assembly;
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(published))
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        else
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
    }

    public static void MapPageAssets(this WebApplication app) =>
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{Assembly}.staticwebassets.endpoints.json"));
}
