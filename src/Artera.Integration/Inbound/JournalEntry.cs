namespace Artera.Integration.Inbound;

/// <summary>A message on its way into the journal, and who waits for it.</summary>
/// <param name="message">What is to be kept.</param>
/// <param name="atOnce">True: who waits goes on on the thread that commits, and does not keep it.</param>
internal sealed class JournalEntry(InboxMessage message, bool atOnce = false)
{
    private readonly TaskCompletionSource<Receipt> kept = new(atOnce ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    public InboxMessage Message { get; } = message;

    /// <summary>True: nothing to keep, but the sender did not get its acknowledgement, which is worth knowing.</summary>
    public bool Undelivered { get; init; }

    public Task<Receipt> Kept => kept.Task;

    public void Settle(Receipt receipt) => kept.TrySetResult(receipt);
}
