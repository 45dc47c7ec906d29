using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>A row of a campaign's list.</summary>
public sealed class ListedPatient
{
    public long Id { get; private set; }

    public required long CampaignId { get; init; }

    /// <summary>The line of the file, counted from 1.</summary>
    public required int Row { get; init; }

    /// <summary>The EMR's identifier, as it was written.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Who that is; null when <see cref="Problem"/> says why not.</summary>
    public long? PatientId { get; init; }

    /// <summary>A word of <see cref="ListProblems"/>.</summary>
    public string? Problem { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<ListedPatient>
    {
        public void Configure(EntityTypeBuilder<ListedPatient> builder)
        {
            builder.HasIndex(row => new { row.CampaignId, row.Row }).IsUnique();
            builder.HasIndex(row => new { row.CampaignId, row.PatientId });
            builder.HasOne<Campaign>().WithMany().HasForeignKey(row => row.CampaignId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What can be wrong with a row of a list: stable words.</summary>
public static class ListProblems
{
    public const string Empty = "no-identifier";
    public const string Unknown = "unknown-identifier";
    public const string Ambiguous = "several-patients";
    public const string Twice = "listed-twice";
    public const string TooLong = "too-long";
    public const string Malformed = "malformed";
}
