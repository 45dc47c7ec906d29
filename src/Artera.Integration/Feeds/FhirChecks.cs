using System.Security.Cryptography;
using Artera.Integration.Feeds.Fhir;

namespace Artera.Integration.Feeds;

/// <summary>What can be wrong with <c>Feeds[].Fhir</c>.</summary>
internal static class FhirChecks
{
    public static IEnumerable<string> Errors(FeedOptions feed)
    {
        if (feed.Fhir is not { } fhir)
            yield break;
        if (feed.Mllp is not null)
            yield return " and Mllp are of two feeds; let both name the same Emr";
        if (fhir.BaseUrl is { } url && !IsUrl(url))
            yield return $":BaseUrl {url} is not an http or https address";
        if (fhir.Timeout <= TimeSpan.Zero)
            yield return ":Timeout must be more than zero";
        if (fhir.KeepReferences < TimeSpan.Zero)
            yield return ":KeepReferences must not be negative";
        if (fhir.Subscription.MaxBytes < 1024)
            yield return ":Subscription:MaxBytes must be at least 1024";
        if (fhir.Subscription.LookBack < TimeSpan.Zero)
            yield return ":Subscription:LookBack must not be negative";
        if (fhir.ReadBeforeReminder && fhir.BaseUrl is null)
            yield return ":ReadBeforeReminder is set, but BaseUrl is not";
        if (fhir.ReadPatience <= TimeSpan.Zero || fhir.ReadAgainAfter <= TimeSpan.Zero)
            yield return ":ReadPatience and :ReadAgainAfter must be more than zero";
        foreach (var error in Errors(fhir, fhir.Subscription))
            yield return $":Subscription{error}";
        foreach (var error in Errors(fhir, fhir.Poll))
            yield return error;
        foreach (var error in Errors(fhir.Auth))
            yield return $":Auth{error}";
    }

    private static IEnumerable<string> Errors(FhirOptions fhir, FhirSubscriptionOptions subscription)
    {
        if (subscription.RenewBefore < TimeSpan.Zero || subscription.RecoverAfter < TimeSpan.Zero)
            yield return ":RenewBefore and :RecoverAfter must not be negative";
        if (subscription.CheckEvery <= TimeSpan.Zero || subscription.Heartbeat <= TimeSpan.Zero)
            yield return ":CheckEvery and :Heartbeat must be more than zero";
        if (subscription.Lifetime <= subscription.RenewBefore)
            yield return ":Lifetime must be longer than RenewBefore";
        if (subscription.Create == FhirSubscriptionForm.None)
            yield break;
        if (fhir.BaseUrl is null)
            yield return ":Create is set, but BaseUrl is not";
        if (subscription.Endpoint is null || !IsUrl(subscription.Endpoint))
            yield return $":Endpoint {subscription.Endpoint} is not an http or https address";
        if (subscription.Create == FhirSubscriptionForm.Topic && subscription.Criteria.Length == 0)
            yield return ":Criteria names no topic, but Create is Topic";
    }

    private static IEnumerable<string> Errors(FhirOptions fhir, FhirPollOptions poll)
    {
        if (fhir.PollEvery <= TimeSpan.Zero)
            yield return ":PollEvery must be more than zero, or null";
        if (fhir.PollEvery is not null && fhir.BaseUrl is null)
            yield return ":PollEvery is set, but BaseUrl is not";
        if (poll.Overlap < TimeSpan.Zero || poll.LookBack < TimeSpan.Zero)
            yield return ":Poll:Overlap and :Poll:LookBack must not be negative";
        if (poll.DaysBack < 0 || poll.DaysAhead < 1)
            yield return ":Poll:DaysBack must not be negative, and :Poll:DaysAhead at least 1";
    }

    public static IEnumerable<string> Errors(FhirAuthOptions auth)
    {
        var tokens = auth.Kind is FhirAuthKind.ClientSecret or FhirAuthKind.PrivateKey;
        if ((tokens || auth.Kind == FhirAuthKind.Basic) && string.IsNullOrWhiteSpace(auth.ClientId))
            yield return $":ClientId is empty, but Kind is {auth.Kind}";
        if (auth.Kind is FhirAuthKind.Basic or FhirAuthKind.Header or FhirAuthKind.ClientSecret && string.IsNullOrEmpty(auth.Secret))
            yield return $":Secret is empty, but Kind is {auth.Kind}";
        if (tokens && (auth.TokenUrl is null || !IsUrl(auth.TokenUrl)))
            yield return $":TokenUrl {auth.TokenUrl} is not an http or https address";
        if (auth.Kind == FhirAuthKind.PrivateKey && auth.Keys.Length == 0)
            yield return ":Keys is empty, but Kind is PrivateKey";
        foreach (var file in auth.Keys)
        {
            if (Problem(file) is { } problem)
                yield return $":Keys {file} {problem}";
        }
    }

    private static string? Problem(string file)
    {
        try
        {
            using var key = SigningKey.Read(file);
            return null;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"cannot be read as a PEM with an RSA or P-384 private key: {unreadable.GetType().Name}";
        }
    }

    public static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");
}
