using Artera.Integration.Operations;
using Artera.Integration.Operations.Keys;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Web.Access;

/// <summary>
/// Until people can sign in, an address that others can reach is for machines only, and they need a key: without
/// one the server does not start. Pages stay on this machine either way.
/// </summary>
internal sealed class RefuseAnOpenDoor(IOptions<KestrelServerOptions> kestrel, HttpPorts ports, KeysInForce keys) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Kestrel's options are made when they are first asked for, and the ports with them.
        _ = kestrel.Value;
        if (ports.AreOpen && !await keys.Any(cancellationToken))
            throw new StartRefusedException("HTTP would listen beyond this machine and there is no API key: add one with apikey add, or listen on 127.0.0.1 (Http:Address)");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
