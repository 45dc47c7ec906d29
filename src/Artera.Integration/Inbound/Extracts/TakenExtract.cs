using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>
/// A file of recalls or referrals that was taken from a feed's folder. It is counted in the transactions that apply its
/// lines, so that a server that dies goes on behind the last line that was applied.
/// </summary>
public sealed class TakenExtract
{
    private const int MostProblems = 1000;

    public long Id { get; private set; }

    public required string Feed { get; init; }

    /// <summary>As the EMR called it.</summary>
    public required string Name { get; init; }

    public required OrderKind Kind { get; init; }

    public ExtractState State { get; set; } = ExtractState.Taken;

    public required Instant FoundAt { get; init; }

    /// <summary>Null while lines are left.</summary>
    public Instant? FinishedAt { get; set; }

    /// <summary>False until the file is where it belongs after that.</summary>
    public bool PutAway { get; set; }

    /// <summary>The last line of the file that is applied or found bad.</summary>
    public int LastLine { get; private set; }

    public int Rows { get; private set; }

    public int Applied { get; private set; }

    public int Stale { get; private set; }

    public int Bad { get; private set; }

    /// <summary>Why none of it could be read; null when it could.</summary>
    public string? Refused { get; set; }

    /// <summary>The first bad lines.</summary>
    public List<OrderProblem> Problems { get; private set; } = [];

    /// <summary>Columns that nobody knows.</summary>
    public List<string> NotRead { get; set; } = [];

    internal void Note(IReadOnlyList<OrderLine> lines, IReadOnlyList<OrderFate> fates)
    {
        var problems = new List<OrderProblem>(Problems);
        foreach (var (line, fate) in lines.Zip(fates))
        {
            Rows++;
            Applied += fate == OrderFate.Applied ? 1 : 0;
            Stale += fate == OrderFate.Stale ? 1 : 0;
            if ((line.Problem ?? fate.Problem()) is not { } problem)
                continue;
            Bad++;
            if (problems.Count < MostProblems)
                problems.Add(new(line.Line, problem));
        }

        (Problems, LastLine) = (problems, lines[^1].Line);
    }

    private sealed class Row : IEntityTypeConfiguration<TakenExtract>
    {
        public void Configure(EntityTypeBuilder<TakenExtract> builder)
        {
            builder.HasIndex(row => new { row.Feed, row.Id });
            builder.HasIndex(row => row.PutAway);
            builder.Property(row => row.Problems).AsJson();
            builder.Property(row => row.NotRead).AsJson();
        }
    }
}

public enum ExtractState
{
    /// <summary>Being read.</summary>
    Taken,

    /// <summary>Read to its end; bad lines are reported.</summary>
    Applied,

    /// <summary>Not a file that can be read.</summary>
    Refused,
}
