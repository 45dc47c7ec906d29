namespace Artera.Integration.Inbound;

/// <summary>
/// Tells the new messages of a batch from the resends (HL7 v2 gives the receiver no rule: the key is feed, control id
/// and body). A resend is given the acknowledgement that its first arrival got. A message that was refused for its
/// header and is acceptable now, because the settings have changed, is taken in after all.
/// </summary>
internal sealed class JournalPlan
{
    private readonly Dictionary<(string Feed, string ControlId, long Hash), Known> known = [];
    private readonly HashSet<(string Feed, string ControlId)> taken = [];
    private readonly List<(JournalEntry Entry, Known Known)> entries = [];

    public List<InboxMessage> Inserts { get; } = [];

    public IEnumerable<Known> Resent => known.Values.Where(row => row is { Id: not null, Resends: > 0, Readmitted: null });

    public IEnumerable<Known> Readmitted => known.Values.Where(row => row.Readmitted is not null);

    public int Resends { get; private set; }

    /// <summary>A row that is on the disk already.</summary>
    public void Add(string feed, string controlId, long hash, Known row)
    {
        known[(feed, controlId, hash)] = row;
        if (!row.Rejected)
            taken.Add((feed, controlId));
    }

    public void Add(JournalEntry entry)
    {
        var message = entry.Message;
        var key = (message.Feed, message.ControlId, message.BodyHash);
        if (!known.TryGetValue(key, out var row))
        {
            row = new Known(null, message.State == InboxState.Rejected, message.Ack) { New = message };
            if (message.ControlId.Length > 0 && taken.Contains((message.Feed, message.ControlId)))
                message.Note ??= "control-id-reused";
            Inserts.Add(message);
            Add(message.Feed, message.ControlId, message.BodyHash, row);
        }
        else if (row is { Rejected: true, Id: not null, Readmitted: null } && message.State != InboxState.Rejected)
        {
            row.Readmitted = message;
        }
        else
        {
            row.Resends++;
            Resends++;
            if (row.New is { } first)
                first.Resends++;
        }

        entries.Add((entry, row));
    }

    /// <summary>After the commit: everybody may be answered.</summary>
    public void Settle()
    {
        foreach (var (entry, row) in entries)
            entry.Settle(new Receipt(true, row.Readmitted is { } readmitted ? readmitted.Ack : row.Ack));
    }

    internal sealed class Known(long? id, bool rejected, byte[]? ack)
    {
        public long? Id { get; } = id;

        public bool Rejected { get; } = rejected;

        public byte[]? Ack { get; } = ack;

        public InboxMessage? New { get; init; }

        public InboxMessage? Readmitted { get; set; }

        public int Resends { get; set; }
    }
}
