using System.ComponentModel.DataAnnotations;
using Artera.Integration.Delivery.Pacing;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>The section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How many messages of each medium a node hands to its provider at a time; 1 to 200, default 16.</summary>
    [Range(1, 200)]
    public int MostAtOnce { get; set; } = 16;

    /// <summary>How often to look for messages that are due; 100 ms to 1 minute, default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a node may work on a message before others take it for dead and look the message up at the
    /// provider; 5 seconds to 60 minutes, default 25 seconds. Longer than any provider's time-out.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ClaimLasts { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How fast lines may send.</summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>What holds for calls.</summary>
    public CallOptions Calls { get; set; } = new();

    internal Duration ClaimFor => Duration.FromTimeSpan(ClaimLasts);
}

/// <summary>Says at the start which setting is none.</summary>
internal sealed class DeliveryOptionsRules : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) =>
        options.Rates.Problems().Concat(options.Calls.Problems()).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
