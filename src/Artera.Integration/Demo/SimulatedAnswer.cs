namespace Artera.Integration.Demo;

/// <summary>How the simulator answers one message.</summary>
public enum SimulatedAnswer
{
    /// <summary>AA.</summary>
    Accept,

    /// <summary>AE with error 207.</summary>
    Error,

    /// <summary>AR with error 204.</summary>
    Reject,

    /// <summary>Nothing at all.</summary>
    Silence,

    /// <summary>AA, after <see cref="EmrSimulator.Lateness"/>.</summary>
    Late,

    /// <summary>AA with an MSA-2 that belongs to nothing.</summary>
    WrongId,

    /// <summary>The connection is closed.</summary>
    HangUp,
}
