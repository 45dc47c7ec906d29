using Artera.Integration.Data;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// What is wrong after the storm: the hub against the EMR's book, the ledger against what Twilio has, answers against what
/// people texted, write-backs against what the EMR heard. Nothing is taken from the hub's own word alone.
/// </summary>
internal sealed class Audit
{
    private const int MostOfAKind = 5;
    private readonly List<string> findings = [];

    private Audit(IntegrationDb db) => Db = db;

    public IntegrationDb Db { get; }

    public static Task<List<string>> Of(Cell cell, IReadOnlyList<Book> books, IReadOnlyList<InterfaceEngine> engines, Carrier carrier) => cell.Read(async db =>
    {
        var audit = new Audit(db);
        await audit.Messages(books, engines);
        await audit.Hub(books);
        await audit.Texts(cell.Twilio.Texts, books);
        await audit.Answers(carrier.Replies);
        await audit.WriteBacks(cell.Emr.Received);
        return audit.findings;
    });

    /// <summary>Notes what should not be, a few of each kind.</summary>
    public void Find<T>(string what, IEnumerable<T> wrong)
    {
        List<T> all = [.. wrong];
        if (all.Count > 0)
            findings.Add($"{all.Count} x {what}: {string.Join(", ", all.Take(MostOfAKind))}");
    }
}
