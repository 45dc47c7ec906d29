using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Artera.Integration.Data;

namespace Artera.Integration.Tests.Harness;

/// <summary>The server as it is shipped, in a process of its own that can be killed.</summary>
public sealed class ServerProcess(TempFolder folder, TestDatabase? database = null) : IDisposable
{
    private readonly int port = FreePort();
    private readonly int httpPort = FreePort();
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private Process? process;

    public int MllpPort => port;

    public Uri Http => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}"));

    /// <summary>A setting from the next start on, in the way of environment variables.</summary>
    public void Set(string name, object value) => settings[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;

    public async Task Start()
    {
        Launch();
        await Listening();
    }

    /// <summary>Starts the process and does not wait until it can take messages.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "artera-integration.dll"), "serve"])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Database__Provider"] = (database?.Provider ?? DatabaseProvider.Sqlite).ToString(),
                ["Database__ConnectionString"] = database?.ConnectionString ?? "Data Source=data/artera.db",
                ["Logs__Level"] = "Fatal",
                ["Http__Port"] = httpPort.ToString(CultureInfo.InvariantCulture),
                ["Feeds__0__Name"] = "main",
                ["Feeds__0__Mllp__Port"] = port.ToString(CultureInfo.InvariantCulture),
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                Console.Error.WriteLine(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until its MLLP port is open.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task Listening()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await Listens(patience.Token))
        {
            if (process!.HasExited)
                throw new InvalidOperationException($"the server ended with {process.ExitCode}");
            await Task.Delay(25, patience.Token);
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is closed.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM: as a supervisor stops it; it finishes what is under way and lets go.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        await process!.WaitForExitAsync();
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>SIGSTOP: it does nothing any more and lets go of nothing, as behind a network that broke.</summary>
    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    public void Dispose()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<bool> Listens(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Below those that the system hands out by itself: while a node is down nobody else is given its port.
    private static int FreePort()
    {
        while (true)
        {
            var free = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, free);
                listener.Start();
                return free;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
