namespace Artera.Integration.Operations.Retention;

/// <summary>
/// The section <c>Retention</c>: for how many days what is over and done with is kept, before it is removed for good; null keeps it
/// for ever. What still waits for somebody (the EMR, a provider, a person, a visit that is ahead) is never removed.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>The bytes of a message of the EMR that has been settled. What became of it stays known, and it still counts for resends; it cannot be applied again.</summary>
    public int? MessageBodiesDays { get; set; } = 180;

    /// <summary>The rest of a message of the EMR that has been settled, with its acknowledgement. At least 7: an EMR sends again what it is not sure of.</summary>
    public int? MessagesDays { get; set; } = 730;

    /// <summary>A message that nobody has decided on: held, for a location that no practice owns, or failed too often. null: until somebody decides.</summary>
    public int? UndecidedMessagesDays { get; set; }

    /// <summary>Texts that went out, with their attempts and what they asked, and texts that came in. The conversation stays.</summary>
    public int? TextsDays { get; set; } = 730;

    /// <summary>Decisions of triggers about visits, recalls and referrals that are over.</summary>
    public int? DecisionsDays { get; set; } = 730;

    /// <summary>The uploaded list of a campaign that has ended. Who was written to, or not and why, is among the decisions.</summary>
    public int? CampaignListsDays { get; set; } = 180;

    /// <summary>Answers that the EMR has, or need not hear any more.</summary>
    public int? WriteBacksDays { get; set; } = 730;

    /// <summary>Lines of conversations that are closed.</summary>
    public int? ConversationsDays { get; set; }

    /// <summary>Who looked at and changed what. At least 365.</summary>
    public int? AuditDays { get; set; }

    /// <summary>How often to look for what is old enough.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many rows are removed in one transaction, 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>How long to leave the database to others after each.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(50);
}
