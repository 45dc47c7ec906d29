using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Artera.Integration.Data;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Demo.Story;
using Artera.Integration.Operations;

namespace Artera.Integration.Demo;

internal static class DemoVerb
{
    public static Command Create()
    {
        var exit = new Option<bool>("--exit") { Description = "End after the closing table; 0 only if every count is right." };
        var http = new Option<int>("--http-port") { Description = "Where the pages are; 0 takes a free port.", DefaultValueFactory = _ => 5080 };
        var mllp = new Option<int>("--mllp-port") { Description = "Where the feed listens; 0 takes a free port.", DefaultValueFactory = _ => 2575 };
        var demo = new Command("demo", "The whole story on a scratch database: a feed, texts, answers, write-backs; then the pages stay up.") { exit, http, mllp };
        demo.SetAction((parsed, cancellation) => Run(
            parsed.GetValue(exit), new DemoPorts(parsed.GetValue(http), OrFree(parsed.GetValue(mllp)), OrFree(0)), Storylines.Tell(), Console.Out, cancellation));
        return demo;
    }

    /// <returns>0 when every count is right.</returns>
    public static async Task<int> Run(bool exit, DemoPorts ports, Script script, TextWriter output, CancellationToken cancellation, DatabaseOptions? database = null)
    {
        var clock = new DemoClock(Fortnight.Begins.ToDateTimeOffset());
        await using var emr = EmrSimulator.Start(ports.Mllp, ports.Emr);
        await using var fhir = await FhirEmr.Start(clock);
        // The FHIR server is told where to notify us before we listen there.
        ports = ports with { Http = OrFree(ports.Http) };
        await using var server = new DemoServer(ports, clock, database, fhir.Base);
        try
        {
            await server.Start(cancellation);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Verbs.Fail($"{taken.Message} --http-port and --mllp-port choose others.");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Riverside Health from {Fortnight.Begins.InZone(Fortnight.NewYork):ddd dd MMM yyyy}: feed on MLLP {ports.Mllp}, EMR on {ports.Emr}, FHIR server at {fhir.Base}, pages on {server.Http}"));
        using var director = new Director(server, clock, emr, fhir, output);
        try
        {
            await director.Play(script, cancellation);
        }
        catch (TimeoutException stuck)
        {
            return Verbs.Fail(stuck.Message);
        }

        var actual = await server.Read(db => Outcome.Count(db, director.Seen, cancellation));
        output.WriteLine();
        var right = ClosingTable.Write(output, script.Expected, actual);
        if (!exit)
        {
            output.WriteLine();
            output.WriteLine($"The pages stay up at {server.Http} and the sandbox phone at {server.Http}sandbox; Ctrl+C ends.");
            await server.UntilStopped(cancellation);
        }

        return right ? 0 : 1;
    }

    private static int OrFree(int port)
    {
        if (port != 0)
            return port;
        // Below those that the system hands out by itself: nobody else is given it before we listen there.
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
