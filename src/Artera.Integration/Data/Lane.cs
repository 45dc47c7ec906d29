using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Data;

/// <summary>
/// One of a few queues beside each other: what must be done in order is in one lane, and lanes are worked on at the same
/// time. Whoever works on a lane holds its row for as long as the transaction lasts; nobody has to let go after a crash.
/// </summary>
public sealed class Lane
{
    /// <summary>How many there are, and so how many workers, on all nodes, can be busy at once.</summary>
    public const int Count = 16;

    public static readonly int[] All = [.. Enumerable.Range(0, Count)];

    /// <summary>Marks an index that only databases with several writers need.</summary>
    internal const string Index = "Artera:Lanes";

    public int Number { get; private set; }

    /// <summary>The same for equal keys, on every node and for ever.</summary>
    public static int Of(string emr, string key)
    {
        const uint prime = 16777619;
        var hash = 2166136261;
        foreach (var letter in emr)
            hash = (hash ^ letter) * prime;
        hash = (hash ^ '|') * prime;
        foreach (var letter in key)
            hash = (hash ^ letter) * prime;
        return (int)((hash ^ (hash >> 16)) % Count);
    }

    private sealed class Row : IEntityTypeConfiguration<Lane>
    {
        public void Configure(EntityTypeBuilder<Lane> builder)
        {
            builder.HasKey(lane => lane.Number);
            builder.Property(lane => lane.Number).ValueGeneratedNever();
            builder.HasData(All.Select(number => new Lane { Number = number }));
        }
    }
}
