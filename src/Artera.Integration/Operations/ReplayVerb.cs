using System.CommandLine;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Operations;

/// <summary><c>replay --feed F</c>: stored messages are applied again under today's mapping, by the server, in the order of their arrival.</summary>
internal static class ReplayVerb
{
    private static readonly OffsetDateTimePattern Exact = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<G>");
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static Command Create()
    {
        var feed = new Option<string>("--feed") { Description = "Whose messages.", HelpName = "FEED", Required = true };
        var state = new Option<InboxState?>("--state") { Description = "Only those in this state, such as Held or Applied.", HelpName = "STATE" };
        var from = new Option<string?>("--from") { Description = "Only those that arrived at this time or later: 2026-10-26, 2026-10-26T14:00 (in the feed's zone) or with an offset.", HelpName = "T" };
        var to = new Option<string?>("--to") { Description = "Only those that arrived before this time.", HelpName = "T" };
        var send = new Option<bool>("--send-messages") { Description = "Patients are texted as if the messages came now." };
        var verb = new Command("replay", "Apply stored messages again under today's mapping. Patients are not texted about the past unless asked.")
        {
            feed, state, from, to, send,
        };
        verb.SetAction((parsed, cancellation) => WithoutServing.Run(
            services => Replay(
                services, parsed.GetRequiredValue(feed), parsed.GetValue(state), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(send), cancellation),
            cancellation));
        return verb;
    }

    private static async Task<int> Replay(
        IServiceProvider services, string name, InboxState? state, string? from, string? to, bool send, CancellationToken cancellation)
    {
        if (services.GetRequiredService<FeedBook>().Find(name) is not { } feed)
            return Verbs.Fail($"there is no feed {name}");
        if (state is InboxState.Received or InboxState.Rejected)
            return Verbs.Fail(state == InboxState.Received ? "such messages wait to be applied already" : "such messages were refused, and their senders know it");
        if (!TryRead(from, feed.Zone, Instant.MinValue, out var first) || !TryRead(to, feed.Zone, Instant.MaxValue, out var end))
            return Verbs.Fail("a time reads 2026-10-26, 2026-10-26T14:00 or 2026-10-26T14:00-05:00");

        var count = await services.GetRequiredService<HeldMessages>().Decide(
            messages => Which(messages, feed.Name, state, from is null ? null : first, to is null ? null : end),
            send ? MessageChoice.ApplyAndText : MessageChoice.ApplyAgain, "cli", $"feed:{feed.Name}: replay", Progress(), cancellation);
        Console.WriteLine($"{count} {(count == 1 ? "message is" : "messages are")} applied again by the server; {(send ? "patients are texted" : "nobody is texted about the past")}.");
        return 0;
    }

    internal static IQueryable<InboxMessage> Which(IQueryable<InboxMessage> messages, string feed, InboxState? state, Instant? from, Instant? to)
    {
        messages = messages.Where(message => message.Feed == feed && (message.Cause == null || message.Cause != InboxSearch.IgnoredByHand));
        if (state is not null)
            messages = messages.Where(message => message.State == state);
        if (from is not null)
            messages = messages.Where(message => message.ReceivedAt >= from);
        return to is null ? messages : messages.Where(message => message.ReceivedAt < to);
    }

    internal static bool TryRead(string? text, DateTimeZone zone, Instant unset, out Instant time)
    {
        time = unset;
        if (text is null)
            return true;
        if (Exact.Parse(text) is { Success: true } exact)
            time = exact.Value.ToInstant();
        else if (Local.Parse(text) is { Success: true } local)
            time = zone.AtLeniently(local.Value).ToInstant();
        else if (LocalDatePattern.Iso.Parse(text) is { Success: true } day)
            time = zone.AtStartOfDay(day.Value).ToInstant();
        else
            return false;
        return true;
    }

    private static Action<int>? Progress() => Console.IsErrorRedirected ? null : count => Console.Error.Write($"\r{count} messages ");
}
