namespace Artera.Integration.Feeds;

/// <summary>How the server's Subscriptions are made.</summary>
public enum FhirSubscriptionForm
{
    /// <summary>By hand, at the server.</summary>
    None,

    /// <summary>As R4 has them: a search as criteria, and a rest-hook.</summary>
    RestHook,

    /// <summary>As the R5 backport has them: a topic, filters, and a rest-hook.</summary>
    Topic,
}

/// <summary>What a notification shall bring.</summary>
public enum FhirPayload
{
    /// <summary>The resources (full-resource).</summary>
    Full,

    /// <summary>Their references (id-only; of a rest-hook without topics: nothing).</summary>
    IdOnly,

    /// <summary>Nothing: what happened is searched for.</summary>
    Empty,
}

/// <summary>What is done when events are missing by their numbers.</summary>
public enum FhirRecovery
{
    /// <summary>Nothing; for servers that do not number events throughout, such as athenahealth.</summary>
    Off,

    /// <summary>The server is asked for them (<c>$events</c>); where it cannot, as <c>Poll</c>.</summary>
    Events,

    /// <summary>The polls run at once; without <c>PollEvery</c>, the searches of an empty notification.</summary>
    Poll,
}

/// <summary><c>Feeds[].Fhir.Subscription</c>. Without a secret nothing is taken in.</summary>
public sealed class FhirSubscriptionOptions
{
    /// <summary>The header in which the server shows the secret of the subscription.</summary>
    public string Header { get; set; } = "Authorization";

    /// <summary>What that header must be, such as <c>Bearer 2f6c...</c>.</summary>
    public string? Secret { get; set; }

    /// <summary>The key of <c>X-Hub-Signature</c> (<c>sha256=</c> and the HMAC of the body). When set, it is asked for instead of the header.</summary>
    public string? SignatureSecret { get; set; }

    /// <summary>What is searched when a notification says that something happened and not what; <c>_lastUpdated</c> is added. Empty is <c>Appointment</c>.</summary>
    public string[] Searches { get; set; } = [];

    /// <summary>How far such a search looks back: what was seen before is not applied again.</summary>
    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest notification taken, in bytes.</summary>
    public int MaxBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Whether we make and keep the server's Subscriptions ourselves, and in which form.</summary>
    public FhirSubscriptionForm Create { get; set; }

    /// <summary>Where the server reaches us, such as <c>https://artera.example.org/fhir/notifications/emr</c>; needed to create.</summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// One Subscription for each: a search such as <c>Appointment?status=booked,cancelled</c> (RestHook; empty is
    /// <c>Appointment?</c>), or the canonical of a topic (Topic).
    /// </summary>
    public string[] Criteria { get; set; } = [];

    /// <summary>The filters of a topic's Subscription, such as <c>Appointment?location=Location/12</c>.</summary>
    public string[] Filters { get; set; } = [];

    /// <summary>What a notification shall bring.</summary>
    public FhirPayload Payload { get; set; }

    /// <summary>How long a Subscription is asked for (<c>end</c>); null: until it is ended.</summary>
    public TimeSpan? Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long before its end it is renewed.</summary>
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often it is looked at; one in <c>error</c> or <c>off</c> is requested again.</summary>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the server shall say that it lives (Topic); null: as it likes.</summary>
    public TimeSpan? Heartbeat { get; set; }

    /// <summary>What is done when the numbers of the events have a gap.</summary>
    public FhirRecovery Recover { get; set; } = FhirRecovery.Poll;

    /// <summary>How long a missing number is waited for: notifications overtake each other.</summary>
    public TimeSpan RecoverAfter { get; set; } = TimeSpan.FromSeconds(30);
}
