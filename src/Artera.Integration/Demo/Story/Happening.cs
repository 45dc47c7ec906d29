using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>One thing that happens in the fortnight.</summary>
internal abstract record Happening(Instant At);

/// <summary>The EMR sends a message.</summary>
/// <param name="Acknowledged">The MSA-1 that it must get.</param>
/// <param name="Visit">The visit that it is about, for the EMR's own book.</param>
internal sealed record EmrSends(Instant At, byte[] Message, string Acknowledged, SimulatedVisit? Visit = null) : Happening(At);

/// <summary>A patient texts a line.</summary>
internal sealed record PatientTexts(Instant At, string From, string To, string Text) : Happening(At);
