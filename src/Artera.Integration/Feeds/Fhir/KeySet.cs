using System.Text.Json.Nodes;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>The public halves of a feed's keys (JWKS, RFC 7517).</summary>
internal static class KeySet
{
    /// <summary>The keys by which a feed's server knows us, on the way in and on the way back.</summary>
    public static string[] Files(FeedOptions feed) =>
        [.. (feed.Fhir?.Auth.Keys ?? []).Concat(feed.WriteBack?.Fhir?.Auth?.Keys ?? []).Distinct(StringComparer.Ordinal)];

    public static string Of(IEnumerable<string> files) => new JsonObject { ["keys"] = new JsonArray([.. files.Select(Jwk)]) }.ToJsonString();

    private static JsonNode Jwk(string file)
    {
        using var key = SigningKey.Read(file);
        return key.ToJwk();
    }
}
