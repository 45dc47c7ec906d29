using System.CommandLine;
using Artera.Integration.Operations.Load;

namespace Artera.Integration.Operations;

/// <summary><c>load HOST:PORT</c></summary>
internal static class LoadVerb
{
    public static Command Create()
    {
        var to = new Argument<string>("HOST:PORT") { Description = "An MLLP listener." };
        var connections = new Option<int>("--connections") { Description = "Connections, each with one message in flight.", DefaultValueFactory = _ => 8 };
        var messages = new Option<int>("--messages") { Description = "Messages in all.", DefaultValueFactory = _ => 10_000 };
        var rate = new Option<double?>("--rate") { Description = "Messages a second in all; latency then counts from when each was due. Default: as fast as it goes." };
        var patients = new Option<int>("--patients") { Description = "Patients that the messages are spread over.", DefaultValueFactory = _ => 1_000 };
        var location = new Option<string>("--location") { Description = "The location of the visits (AIL-3).", DefaultValueFactory = _ => "LOAD" };
        var mix = new Option<bool>("--mix") { Description = "70 % scheduling (book, move, cancel) and 30 % patient updates instead of bookings only." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var floor = new Option<string?>("--floor")
        {
            Description = "Measure first what the bare driver commits and what a listener that keeps nothing answers, and print the ratios: SQLite with a scratch file in this folder, or PostgreSQL with a scratch table.",
            HelpName = "DIR|CONNECTION-STRING",
        };
        var verb = new Command("load", "Load a listener with appointments (SIU^S12, 1.5 KB): acknowledged messages a second and latency.")
        {
            to, connections, messages, rate, patients, location, mix, json, floor,
        };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
        return verb;

        int Run(ParseResult parsed, CancellationToken cancellation)
        {
            if (HostAndPort.Read(parsed.GetRequiredValue(to), tls: false) is not { } destination)
                return Verbs.Fail(HostAndPort.Problem(parsed.GetRequiredValue(to)));
            var source = new LoadMessages(parsed.GetValue(patients), parsed.GetRequiredValue(location), parsed.GetValue(mix));
            var run = new LoadRun(destination, source, parsed.GetValue(messages), parsed.GetValue(rate));
            var where = parsed.GetValue(floor);
            var bare = where is null ? null : DriverFloor.Measure(where);
            double? echo = where is null ? null : EchoFloor.Measure(source, parsed.GetValue(connections), cancellation);
            var report = run.Run(parsed.GetValue(connections), cancellation) with { Floor = bare, EchoPerSecond = echo };
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToString());
            return report.Acknowledged == report.Messages ? 0 : 1;
        }
    }
}
