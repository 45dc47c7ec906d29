namespace Artera.Integration.Delivery.Sandbox;

/// <summary>The section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// Whether a phone of our own stands in for every medium that has no provider: nothing leaves the house.
    /// Not set: only while no provider at all is configured.
    /// </summary>
    public bool? Enabled { get; set; }
}
