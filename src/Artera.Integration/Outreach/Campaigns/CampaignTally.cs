using System.Runtime.InteropServices;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Wording;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>Counts who would get a campaign and who would not, and says each one's text to see what it costs and who else hears it.</summary>
internal sealed class CampaignTally(Campaign campaign, Trigger trigger, EnterpriseDirectory directory, Line? line, Instant now)
{
    private readonly Practice practice = directory.Practice(campaign.PracticeId);
    private readonly Dictionary<(Medium Medium, string Address), int> patientsAt = [];
    private readonly HashSet<(Medium Medium, string Address, string Body)> said = [];

    public Dictionary<string, int> Left { get; } = new(StringComparer.Ordinal);

    public Dictionary<(Medium Medium, string Language), int> Ways { get; } = [];

    public int Segments { get; private set; }

    public int Reachable => Ways.Values.Sum();

    public int SharedNumbers => patientsAt.Values.Count(patients => patients > 1);

    public void Add(Chosen one)
    {
        if (one.Reason is { } reason)
        {
            Leave(reason);
            return;
        }

        var (medium, address) = (one.Reach.Medium, one.Reach.Address!);
        var text = trigger.Text(medium)!;
        var language = Composer.Choose(text.Body, one.Patient, directory.HealthSystemOf(practice));
        var occasion = new Occasion(directory, one.Patient, new Mailing(campaign, one.Patient.Id, one.Patient.Id), [], practice, line!, language, now);
        var (body, empty) = Composer.Say(text.Body[language], occasion);
        if (text.SkipIfEmpty && empty.Count > 0)
        {
            Leave(Reasons.EmptyPhrase);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(patientsAt, (medium, address), out _)++;
        if (!said.Add((medium, address, body)))
        {
            Leave(Reasons.SameNumber);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(Ways, (medium, language), out _)++;
        Segments += medium == Medium.Sms ? SmsLength.Of(body).Segments : 0;
    }

    private void Leave(string reason) => CollectionsMarshal.GetValueRefOrAddDefault(Left, reason, out _)++;
}
