using System.CommandLine;
using System.Diagnostics;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Operations.Simulate;

/// <summary><c>simulate</c>: what patients would get, and what changed settings would make of it.</summary>
internal static class SimulateVerb
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The first day, yyyy-MM-dd in UTC; today unless told." };
        var to = new Option<string>("--to") { Description = "The day after the last; a week after the first unless told." };
        var file = new Option<FileInfo>("--enterprise") { Description = "An enterprise's file, set against what is in force." };
        var mapping = new Option<FileInfo>("--mapping") { Description = "A changed mapping: what the stored messages of a feed would lead to under it, set against what they have led to." };
        var feed = new Option<string>("--feed") { Description = "With --mapping: whose messages; not needed where there is one feed." };
        var all = new Option<bool>("--all") { Description = "List every message, or every difference." };
        var verb = new Command("simulate", "Every message that patients would get in a window, by trigger, and the difference that an enterprise's file or a mapping would make. Sends nothing and keeps nothing.")
        {
            from,
            to,
            file,
            mapping,
            feed,
            all,
        };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            services => Run(services, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(file), parsed.GetValue(mapping), parsed.GetValue(feed), parsed.GetValue(all), cancellation), cancellation));
        return verb;
    }

    private static async Task<int> Run(IServiceProvider services, string? from, string? to, FileInfo? file, FileInfo? mapping, string? feed, bool all, CancellationToken cancellation)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var first = from is null ? LocalDatePattern.Iso.Parse(time.Now().InUtc().Date.ToString("yyyy-MM-dd", null)) : LocalDatePattern.Iso.Parse(from);
        if (!first.Success)
            return Verbs.Fail($"--from {from} is no date yyyy-MM-dd");
        var last = to is null ? ParseResult<LocalDate>.ForValue(first.Value.PlusDays(7)) : LocalDatePattern.Iso.Parse(to);
        if (!last.Success || last.Value <= first.Value)
            return Verbs.Fail($"--to {to} is no date yyyy-MM-dd after the first");
        try
        {
            var window = new Window(first.Value.AtMidnight().InUtc().ToInstant(), last.Value.AtMidnight().InUtc().ToInstant());
            (Feed, Mapper)? changed = mapping is null ? null : Changed(services.GetRequiredService<FeedBook>(), mapping, feed);
            return await Run(services, window, file is null ? null : Read(file), Console.Out, all, cancellation, changed);
        }
        catch (InvalidDataException problem)
        {
            return Verbs.Fail(problem.Message);
        }
    }

    public static async Task<int> Run(IServiceProvider services, Window window, EnterpriseFile? file, TextWriter output, bool all, CancellationToken cancellation, (Feed Feed, Mapper Mapper)? changed = null)
    {
        var begun = Stopwatch.GetTimestamp();
        var db = services.GetRequiredService<IntegrationDb>();
        var today = await Rules.InForce(db, cancellation);
        var then = file is not null ? await Rules.As(db, file, services.GetRequiredService<TimeProvider>(), cancellation) : changed is null ? null : today;
        await OnlyRead(db, cancellation);
        var report = new SimulationReport(output, all);
        var remapping = changed is var (feed, mapper) ? new Remapping(db, feed, mapper, then!.Directory) : null;
        var simulation = new Simulation(db, services.GetRequiredService<MediumBook>(), services.GetRequiredService<IOptions<OutreachOptions>>().Value, window, remapping);
        if (then is null)
            await simulation.Run([today], told => report.Add(told[0]), cancellation);
        else
            await simulation.Run([today, then], told => report.Add(told[0], told[1]), cancellation);
        report.Close(then is not null);
        if (remapping is not null)
            output.WriteLine($"{remapping.Read} stored messages of {changed!.Value.Feed.Name} were read again.");
        output.WriteLine($"{simulation.Looked} visits, recalls and referrals, {report.Messages} messages{(then is null ? "" : $", {report.Different} would be different")}, in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s. Nothing was sent or kept.");
        return 0;
    }

    /// <summary>From here on the database itself refuses to write for this connection, where it knows how to.</summary>
    private static async Task OnlyRead(IntegrationDb db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        if (db.Database.IsSqlite())
            await db.Database.ExecuteSqlRawAsync("PRAGMA query_only=ON", cancellation);
        else if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlRawAsync("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", cancellation);
    }

    private static (Feed Feed, Mapper Mapper) Changed(FeedBook feeds, FileInfo file, string? name)
    {
        var feed = name is not null ? feeds.Find(name) : feeds.All is [var only] ? only : null;
        if (feed is null)
            throw new InvalidDataException(name is null ? $"there are several feeds; --feed takes one of {string.Join(", ", feeds.All.Select(one => one.Name))}" : $"there is no feed {name}");
        return MappingFile.TryLoad(file.FullName, out var mapping, out var errors, feed.Mapper.File.Form)
            ? (feed, Mapper.Compile(mapping))
            : throw new InvalidDataException(string.Join(Environment.NewLine, errors));
    }

    private static EnterpriseFile Read(FileInfo file)
    {
        if (!file.Exists)
            throw new InvalidDataException($"{file}: no such file");
        using var text = file.OpenText();
        return EnterpriseFile.Read(text, file.Name);
    }
}
