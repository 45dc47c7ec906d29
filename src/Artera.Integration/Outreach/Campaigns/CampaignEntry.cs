using Artera.Integration.Outreach.Wording;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>A campaign as people write it.</summary>
public sealed class CampaignEntry
{
    public string Name { get; set; } = "";

    public long PracticeId { get; set; }

    /// <summary>The line that it comes from; null: the practice's first.</summary>
    public long? LineId { get; set; }

    /// <summary>The text message, by language.</summary>
    public Dictionary<string, string>? Sms { get; set; }

    public TriggerEntry.EmailEntry? Email { get; set; }

    /// <summary>What is read out, by language.</summary>
    public Dictionary<string, string>? Voice { get; set; }

    /// <summary>A patient for whom a phrase of the text has no value gets none.</summary>
    public bool SkipIfEmpty { get; set; }

    /// <summary>Whom it goes to; null: to the patients of a list that is uploaded.</summary>
    public Audience? Audience { get; set; }

    public CampaignPace Pace { get; set; } = new();

    internal TriggerEntry AsTrigger() => new()
    {
        Name = Name,
        Module = TriggerModule.Campaign,
        Send = "0 minutes after created",
        Sms = Sms,
        Email = Email,
        Voice = Voice,
        SkipIfEmpty = SkipIfEmpty,
    };

    internal async Task<List<string>> Problems(string baseLanguage, QuietHours quiet, CancellationToken cancellation)
    {
        var problems = (await new TriggerEntryRules(baseLanguage).ValidateAsync(AsTrigger(), cancellation)).Errors.ConvertAll(error => error.ErrorMessage);
        problems.AddRange(TriggerEntryRules.Problems(TriggerModule.Campaign, Chosen));
        if (Pace.Problem(quiet) is { } problem)
            problems.Add(problem);
        if (Name.Length > 200)
            problems.Add("the name is longer than 200 characters");
        var about = Texts.SelectMany(text => Template.Parse(text).Parts).FirstOrDefault(part => part.IsPhrase && SmartPhrases.AreOfAVisit(part.Text));
        if (about.Text is not null)
            problems.Add($"{{{about.Text}}}: a campaign is about no visit, recall or referral");
        return problems;
    }

    private ChoiceEntry Chosen => Audience is null ? new() : new() { Only = Audience.OfThePatient.Include.ToDictionary(filter => filter.On, filter => filter.Values) };

    private IEnumerable<string> Texts =>
    [
        .. Sms?.Values ?? Enumerable.Empty<string>(), .. Voice?.Values ?? Enumerable.Empty<string>(),
        .. Email?.Body.Values ?? Enumerable.Empty<string>(), .. Email?.Subject.Values ?? Enumerable.Empty<string>(),
    ];
}
