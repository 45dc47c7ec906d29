using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Held;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Artera.Integration.Web.Components;

/// <summary>Messages that wait for one reason, and what a person can say to it.</summary>
public sealed partial class HeldGroupEntry : ComponentBase
{
    /// <summary>As the mapping language writes that a code says nothing.</summary>
    private const string Nothing = "~";

    private string? word;
    private string? error;
    private bool ignoring;
    private bool busy;

    [Parameter]
    [EditorRequired]
    public required HeldGroup Group { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeZone Zone { get; set; }

    /// <summary>The names of those that may own a location.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<string> Practices { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private FeedBook Feeds { get; set; } = null!;

    [Inject]
    private HeldMessages Held { get; set; } = null!;

    [Inject]
    private GiveMeaning GiveMeaning { get; set; } = null!;

    [Inject]
    private GiveLocation GiveLocation { get; set; } = null!;

    private HeldCause Cause => Group.Cause;

    private IReadOnlyList<string> Meanings => Feeds.Find(Cause.Feed)?.Mapper.File.WordsOf(Cause.CauseTable!) ?? [];

    private Task Give() => Do(async who =>
        (await GiveMeaning.Run(Cause.Feed, Cause.CauseTable!, Cause.CauseValue!, word == Nothing ? null : word!.Trim(), who, CancellationToken.None)).Error);

    private Task Own() => Do(async who =>
        (await GiveLocation.Run(Cause.Feed, Operations.Held.GiveLocation.KindOf(Cause), Cause.CauseValue!, word!, name: null, who, CancellationToken.None)).Error);

    private Task Decide(MessageChoice choice) => Do(async who =>
    {
        await Held.Decide(Cause, choice, who, CancellationToken.None);
        return null;
    });

    /// <summary>Finished whether or not the visitor stays to see it.</summary>
    private async Task Do(Func<string, Task<string?>> work)
    {
        busy = true;
        error = await work(await Desk.Who());
        (busy, ignoring) = (false, false);
        await Changed.InvokeAsync();
    }
}
