using System.Globalization;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Links;

internal static class LinksSetup
{
    private const int ShortestSecret = 16;
    private const int UsualPort = 5080;

    public static IServiceCollection AddLinks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LinkOptions>().Bind(configuration.GetSection("Links"))
            .PostConfigure(links => links.PublicUrl = Given(links.PublicUrl) ?? Given(configuration["Twilio:PublicUrl"]) ?? Here(configuration))
            .Validate(links => IsHttp(links.PublicUrl), "Links:PublicUrl must be the absolute address at which patients reach this server")
            .Validate(links => links.Secret is null or { Length: 0 or >= ShortestSecret }, "Links:Secret must have 16 characters or more")
            .ValidateOnStart();
        return services.AddScoped<SignedLinks>();
    }

    /// <summary>Whether somebody has said where patients reach this server.</summary>
    public static bool SayWhere(IConfiguration configuration) =>
        Given(configuration["Links:PublicUrl"]) is not null || Given(configuration["Twilio:PublicUrl"]) is not null;

    private static string Here(IConfiguration configuration) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{configuration.GetValue<int?>("Http:Port") ?? UsualPort}");

    private static string? Given(string? setting) => string.IsNullOrWhiteSpace(setting) ? null : setting;

    private static bool IsHttp(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0;
}
