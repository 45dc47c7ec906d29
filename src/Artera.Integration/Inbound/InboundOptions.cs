namespace Artera.Integration.Inbound;

/// <summary>The section <c>Inbound</c>.</summary>
public sealed class InboundOptions
{
    /// <summary>False: messages are kept and acknowledged, and wait. For a repair, or to measure the intake alone.</summary>
    public bool Apply { get; set; } = true;

    /// <summary>
    /// How many transactions apply messages at the same time in this process, each another lane of patients. With SQLite,
    /// which has one writer, it is always one.
    /// </summary>
    public int Workers { get; set; } = 4;

    /// <summary>The most messages kept in one commit.</summary>
    public int MostInOneCommit { get; set; } = 256;

    /// <summary>
    /// From so many messages on that are kept and wait to be applied, the MLLP ports read more slowly: a pause before each round of reading, a second
    /// long at twice as many. Senders then wait longer for their acknowledgements and none is refused. 0: never.
    /// </summary>
    public int MostWaiting { get; set; } = 20_000;

    /// <summary>How long a commit may wait for the database before the sender is told to try again (AE, CE).</summary>
    public TimeSpan CommitPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked whether a FHIR server is to be asked for something: what a notification names, a poll, a visit before its reminder.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an equal message without a control id (MSH-10) counts as a resend.</summary>
    public TimeSpan ResendWindow { get; set; } = TimeSpan.FromMinutes(5);
}
