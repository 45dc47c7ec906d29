using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Operations;

public static class HttpSetup
{
    /// <summary>Listens for HTTP explicitly: once Kestrel is told of an MLLP port it no longer listens by itself.</summary>
    public static WebApplicationBuilder AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HttpOptions>().Bind(builder.Configuration.GetSection("Http"))
            .Validate(http => IPAddress.TryParse(http.Address, out _), "Http:Address is not an IP address")
            .Validate(http => http.Port is >= 0 and <= 65535, "Http:Port is not a port")
            .ValidateOnStart();
        builder.Services.AddSingleton<HttpPorts>();
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var ports = kestrel.ApplicationServices.GetRequiredService<HttpPorts>();
            if (string.IsNullOrWhiteSpace(urls))
            {
                var http = kestrel.ApplicationServices.GetRequiredService<IOptions<HttpOptions>>().Value;
                kestrel.Listen(IPAddress.Parse(http.Address), http.Port, ports.Add);
                return;
            }

            foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                Listen(kestrel, BindingAddress.Parse(url), ports);
        });
        return builder;
    }

    private static void Listen(KestrelServerOptions kestrel, BindingAddress address, HttpPorts ports)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port, Configure);
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.ListenLocalhost(address.Port, Configure);
        else
            kestrel.ListenAnyIP(address.Port, Configure);

        void Configure(ListenOptions listen)
        {
            ports.Add(listen);
            if (string.Equals(address.Scheme, "https", StringComparison.OrdinalIgnoreCase))
                listen.UseHttps();
        }
    }
}

/// <summary>Where HTTP really listens, known once the server has started.</summary>
public sealed class HttpPorts
{
    private readonly List<ListenOptions> endpoints = [];

    public IPEndPoint First => endpoints[0].IPEndPoint ?? throw new InvalidOperationException("HTTP does not listen on a port");

    /// <summary>True when others than this machine can reach one of them.</summary>
    internal bool AreOpen => endpoints.Exists(endpoint => endpoint.IPEndPoint is not { Address: var address } || !IPAddress.IsLoopback(address));

    internal void Add(ListenOptions listen) => endpoints.Add(listen);
}
