namespace Artera.Integration.Inbound;

/// <summary>
/// Tells the new messages of a batch from the resends (HL7 v2 gives the receiver no rule: the key is feed, control id
/// and body). A resend is given the acknowledgement that its first arrival got. A message that was refused for its
/// header and is acceptable now, because the settings have changed, is taken in after all.
/// </summary>
internal sealed class JournalPlan
{
    private readonly Dictionary<(string Feed, string ControlId, long Hash), PlannedEntry> byKey = [];
    private readonly List<(JournalEntry Entry, PlannedEntry Planned)> entries = [];

    /// <summary>The first arrivals of the batch, in their order.</summary>
    public List<PlannedEntry> Firsts { get; } = [];

    public IEnumerable<JournalEntry> Undelivered { get; private set; } = [];

    public int Resends => entries.Count - Firsts.Count(first => first.Earlier is null);

    public int ToApply => Firsts.Count(first => first.Message.State == InboxState.Received && (first.Earlier is null || first.IsReadmitted));

    public void Begin(List<JournalEntry> batch)
    {
        byKey.Clear();
        entries.Clear();
        Firsts.Clear();
        var undelivered = false;
        foreach (var entry in batch)
        {
            if (entry.Undelivered)
                undelivered = true;
            else
                Add(entry);
        }

        Undelivered = undelivered ? batch.Where(entry => entry.Undelivered) : [];
    }

    /// <summary>After the commit: everybody may be answered.</summary>
    public void Settle()
    {
        foreach (var (entry, planned) in entries)
            entry.Settle(new Receipt(true, planned.Ack));
    }

    private void Add(JournalEntry entry)
    {
        var message = entry.Message;
        var key = (message.Feed, message.ControlId, message.BodyHash);
        if (byKey.TryGetValue(key, out var planned))
        {
            planned.Resends++;
        }
        else
        {
            byKey[key] = planned = new PlannedEntry(message);
            Firsts.Add(planned);
        }

        entries.Add((entry, planned));
    }
}

/// <summary>A message's first arrival in a batch.</summary>
internal sealed class PlannedEntry(InboxMessage message)
{
    public InboxMessage Message { get; } = message;

    /// <summary>How often it came again in the batch.</summary>
    public int Resends { get; set; }

    /// <summary>The row that an earlier commit has of it.</summary>
    public EarlierRow? Earlier { get; set; }

    public bool IsReadmitted => Earlier is { Rejected: true } && Message.State != InboxState.Rejected;

    /// <summary>What its sender is answered.</summary>
    public byte[]? Ack => Earlier is null || IsReadmitted ? Message.Ack : Earlier.Ack;
}

/// <summary>A message that is on the disk already.</summary>
internal sealed record EarlierRow(long Id, bool Rejected, byte[]? Ack);
