using System.Collections.Frozen;
using Artera.Integration.Delivery.Sandbox;

namespace Artera.Integration.Delivery;

/// <summary>Which provider serves which medium. The first one registered for a medium has it.</summary>
public sealed class MediumBook(IEnumerable<IMedium> media)
{
    private readonly FrozenDictionary<Medium, IMedium> entries =
        media.DistinctBy(medium => medium.Medium).ToFrozenDictionary(medium => medium.Medium);

    /// <summary>Whether the sandbox phone stands in for some provider.</summary>
    public bool SandboxOn => entries.Values.Any(medium => medium is SandboxPhone);

    /// <summary>Whether messages of the medium can leave at all.</summary>
    public bool Serves(Medium medium) => entries.ContainsKey(medium);

    /// <summary>The provider, or null when nobody serves the medium.</summary>
    public IMedium? For(Medium medium) => entries.GetValueOrDefault(medium);
}
