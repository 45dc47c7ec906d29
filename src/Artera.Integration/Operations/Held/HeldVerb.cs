using System.CommandLine;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Operations.Held;

/// <summary><c>held</c>: what waits for a person, by its cause; <c>held meaning</c>, <c>held location</c>, <c>held again</c>, <c>held ignore</c>.</summary>
internal static class HeldVerb
{
    private const string By = "cli";
    private static readonly ZonedDateTimePattern Time = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm", null);

    public static Command Create()
    {
        var feed = new Option<string?>("--feed") { Description = "One feed alone.", HelpName = "FEED" };
        var verb = new Command("held", "Messages that wait for a person, grouped by their cause.") { feed, Meaning(), Location(), Again(), Ignore() };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(services => List(services, parsed.GetValue(feed), cancellation), cancellation));
        return verb;
    }

    private static async Task<int> List(IServiceProvider services, string? feed, CancellationToken cancellation)
    {
        var feeds = services.GetRequiredService<FeedBook>();
        if (feed is not null && feeds.Find(feed) is null)
            return Verbs.Fail($"there is no feed {feed}");
        var groups = await HeldGroup.All(services.GetRequiredService<IntegrationDb>(), feed, cancellation);
        foreach (var (cause, count, retrying, first, _, example) in groups)
        {
            var since = Time.Format(first.InZone(feeds.Find(cause.Feed)?.Zone ?? DateTimeZone.Utc));
            var tried = retrying == 0 ? "" : $", {retrying} tried again by themselves";
            Console.WriteLine($"{cause.Key}  {cause.Feed}  {cause.State}  {cause.InWords()}: {count} {(count == 1 ? "message" : "messages")} since {since}{tried} (message {example})");
        }

        if (groups.Count == 0)
            Console.WriteLine("Nothing waits for a person.");
        return 0;
    }

    private static Command Meaning()
    {
        var feed = new Argument<string>("FEED") { Description = "The feed." };
        var table = new Argument<string>("TABLE") { Description = "The table that lacks the code." };
        var code = new Argument<string>("CODE") { Description = "The EMR's code." };
        var meaning = new Argument<string>("MEANING") { Description = "What it means, in the words of the mapping; ~ when it says nothing." };
        var verb = new Command("meaning", "Write what a code means into the mapping file, and apply the messages that waited for it.") { feed, table, code, meaning };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            async services => Tell(await services.GetRequiredService<GiveMeaning>().Run(
                parsed.GetRequiredValue(feed), parsed.GetRequiredValue(table), parsed.GetRequiredValue(code),
                parsed.GetRequiredValue(meaning) is var word && word == "~" ? null : word, By, cancellation)),
            cancellation));
        return verb;
    }

    private static Command Location()
    {
        var feed = new Argument<string>("FEED") { Description = "The feed." };
        var code = new Argument<string>("CODE") { Description = "The EMR's code of the location." };
        var practice = new Argument<string>("PRACTICE") { Description = "The practice that owns it, by its name." };
        var name = new Option<string?>("--name") { Description = "What patients read; the code itself unless told." };
        var provider = new Option<bool>("--provider") { Description = "The code is a provider's: for messages that name no location." };
        var verb = new Command("location", "Give a location to a practice, and apply the messages kept for it.") { feed, code, practice, name, provider };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            async services => Tell(await services.GetRequiredService<GiveLocation>().Run(
                parsed.GetRequiredValue(feed), parsed.GetValue(provider) ? ResourceKind.Provider : ResourceKind.Location, parsed.GetRequiredValue(code),
                parsed.GetRequiredValue(practice), parsed.GetValue(name), By, cancellation)),
            cancellation));
        return verb;
    }

    private static Command Again() => Decision("again", "Apply the messages of a group, or one message, under today's mapping.", MessageChoice.ApplyAgain);

    private static Command Ignore() => Decision("ignore", "The messages of a group, or one message, are not for us.", MessageChoice.Ignore);

    private static Command Decision(string word, string help, MessageChoice choice)
    {
        var group = new Argument<string?>("GROUP") { Description = "The word that `held` lists it under.", Arity = ArgumentArity.ZeroOrOne };
        var message = new Option<long?>("--message") { Description = "One message, by its id.", HelpName = "ID" };
        var verb = new Command(word, help) { group, message };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            services => (parsed.GetValue(group), parsed.GetValue(message)) switch
            {
                ({ } key, null) => Decide(services, key, choice, cancellation),
                (null, { } id) => Decide(services, id, choice, cancellation),
                _ => Task.FromResult(Verbs.Fail("give a group as `held` lists it, or --message ID")),
            },
            cancellation));
        return verb;
    }

    private static async Task<int> Decide(IServiceProvider services, string key, MessageChoice choice, CancellationToken cancellation)
    {
        var groups = await HeldGroup.All(services.GetRequiredService<IntegrationDb>(), feed: null, cancellation);
        if (groups.FirstOrDefault(group => group.Cause.Key == key) is not { Cause: var cause })
            return Verbs.Fail($"there is no group {key}");
        var count = await services.GetRequiredService<HeldMessages>().Decide(cause, choice, By, cancellation);
        Console.WriteLine($"{count} {(count == 1 ? "message" : "messages")}: {cause.InWords()}");
        return 0;
    }

    private static async Task<int> Decide(IServiceProvider services, long id, MessageChoice choice, CancellationToken cancellation) =>
        await services.GetRequiredService<HeldMessages>().Decide(feed: null, id, choice, By, cancellation) ? 0 : Verbs.Fail("there is no such message, or it waits to be applied, or was refused");

    private static int Tell(Said said)
    {
        if (said.Error is { } error)
            return Verbs.Fail(error);
        Console.WriteLine($"{said.Applied} {(said.Applied == 1 ? "message is" : "messages are")} applied again.");
        return 0;
    }
}
