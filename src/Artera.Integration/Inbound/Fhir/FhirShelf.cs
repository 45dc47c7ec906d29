using System.Collections.Concurrent;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Resources that many others refer to, kept for a while.</summary>
internal sealed class FhirShelf
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<(string Feed, string Reference), (ReadOnlyMemory<byte> Body, Instant Until)> kept = new();

    public ReadOnlyMemory<byte>? Find(string feed, string reference, Instant now) =>
        kept.TryGetValue((feed, reference), out var known) && known.Until > now ? known.Body : (ReadOnlyMemory<byte>?)null;

    public void Put(string feed, string reference, ReadOnlyMemory<byte> body, Instant until)
    {
        if (kept.Count >= Most)
            kept.Clear();
        kept[(feed, reference)] = (body, until);
    }
}
