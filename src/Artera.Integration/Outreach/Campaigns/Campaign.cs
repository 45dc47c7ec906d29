using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>
/// One message to many patients. Its texts are those of a trigger of its own, and each patient's message is a planned one,
/// so that everything which holds for triggers' messages holds for these. As a due row it says when to go on with it.
/// </summary>
public sealed class Campaign : DueRow
{
    /// <summary>How many patients one campaign may have.</summary>
    public const int MostPatients = 30_000;

    public required long TriggerId { get; init; }

    public required long PracticeId { get; init; }

    public required string Name { get; set; }

    /// <summary>The line that it comes from; null: the practice's first.</summary>
    public long? LineId { get; set; }

    public CampaignState State { get; set; } = CampaignState.Draft;

    /// <summary>Whom it goes to; null: to the patients of a list.</summary>
    public Audience? Audience { get; set; }

    public CampaignPace Pace { get; set; } = new();

    public required Instant CreatedAt { get; init; }

    /// <summary>Rows of the list, once it was read to its end; null while there is none.</summary>
    public int? Rows { get; set; }

    /// <summary>Not before that.</summary>
    public Instant? StartAt { get; set; }

    /// <summary>What has been planned: the last row of the list, or the last patient.</summary>
    public long After { get; set; }

    /// <summary>Everybody is planned.</summary>
    public bool AllPlanned { get; set; }

    /// <summary>When the next patient to be planned is to be written to.</summary>
    public Instant? NextPlanned { get; set; }

    /// <summary>Before that nobody else is written to: the rate, kept also after a pause.</summary>
    public Instant? NextSent { get; set; }

    public Instant? FinishedAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Campaign>
    {
        public void Configure(EntityTypeBuilder<Campaign> builder)
        {
            builder.Property(campaign => campaign.Claim).IsConcurrencyToken();
            builder.HasIndex(campaign => new { campaign.State, campaign.DueAt });
            builder.HasIndex(campaign => campaign.TriggerId).IsUnique();
            builder.HasOne<Trigger>().WithMany().HasForeignKey(campaign => campaign.TriggerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Practice>().WithMany().HasForeignKey(campaign => campaign.PracticeId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Line>().WithMany().HasForeignKey(campaign => campaign.LineId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(campaign => campaign.Audience!).AsJson();
            builder.Property(campaign => campaign.Pace).AsJson();
        }
    }
}

public enum CampaignState
{
    /// <summary>Being written; nobody gets anything.</summary>
    Draft,

    /// <summary>Started, or to start at its time.</summary>
    Running,

    /// <summary>Nobody gets anything until it is resumed.</summary>
    Paused,

    /// <summary>Whoever was not written to will not be.</summary>
    Stopped,

    /// <summary>Everybody was written to, or not and why.</summary>
    Finished,
}
