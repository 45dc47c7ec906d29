using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Artera.Integration.Operations.Load;

namespace Artera.Integration.Benchmarks.Whole;

/// <summary>The server in a process of its own, and <c>load</c> against it in another.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "artera-integration.dll");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Place place;
    private readonly Process process;
    private readonly int port = FreePort();

    private RunningServer(Place place, bool apply)
    {
        this.place = place;
        var http = FreePort();
        Ready = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}/health/ready"));
        process = Begin(place, "serve", [
            ("Inbound__Apply", apply.ToString()), ("Http__Port", http.ToString(CultureInfo.InvariantCulture)), ("Feeds__0__Name", "main"),
            ("Feeds__0__Mllp__Port", port.ToString(CultureInfo.InvariantCulture)), ("Feeds__0__Mllp__Address", "127.0.0.1"),
        ]);
    }

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan Start { get; private set; }

    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    private Uri Ready { get; }

    public static async Task<RunningServer> Run(Place place, bool apply)
    {
        var begun = Stopwatch.GetTimestamp();
        var server = new RunningServer(place, apply);
        using var http = new HttpClient();
        while (!await IsReady(http, server.Ready))
        {
            if (server.process.HasExited)
                throw new InvalidOperationException($"the server ended with {server.process.ExitCode}");
            await Task.Delay(20);
        }

        server.Start = Stopwatch.GetElapsedTime(begun);
        return server;
    }

    /// <summary>A verb of the program that ends by itself; what it prints.</summary>
    public static async Task<string> Verb(Place place, params string[] arguments)
    {
        using var verb = Begin(place, arguments, []);
        var said = await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        return verb.ExitCode == 0 ? said : throw new InvalidOperationException($"{arguments[0]} ended with {verb.ExitCode}: {said}");
    }

    public async Task<LoadReport> Load(int connections, int messages, params string[] more)
    {
        var report = await Verb(place,
            ["load", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--connections", connections.ToString(CultureInfo.InvariantCulture), "--messages", messages.ToString(CultureInfo.InvariantCulture), "--json", .. more]);
        return JsonSerializer.Deserialize<LoadReport>(report, Json)!;
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Begin(Place place, string verb, (string Name, string Value)[] settings)
    {
        var server = Begin(place, [verb], settings);
        server.OutputDataReceived += static (_, _) => { };
        server.BeginOutputReadLine();
        return server;
    }

    private static Process Begin(Place place, string[] arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = place.Folder, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[.. place.Settings, .. settings])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReady(HttpClient http, Uri at)
    {
        try
        {
            using var answer = await http.GetAsync(at);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
