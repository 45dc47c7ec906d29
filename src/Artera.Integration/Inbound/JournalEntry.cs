namespace Artera.Integration.Inbound;

/// <summary>A message on its way into the journal, and who waits for it.</summary>
internal sealed class JournalEntry(InboxMessage message)
{
    private readonly TaskCompletionSource<Receipt> kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InboxMessage Message { get; } = message;

    /// <summary>True: nothing to keep, but the sender did not get its acknowledgement, which is worth knowing.</summary>
    public bool Undelivered { get; init; }

    public Task<Receipt> Kept => kept.Task;

    public void Settle(Receipt receipt) => kept.TrySetResult(receipt);
}
