using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>What a campaign would do if it were started now. Null: there is none.</summary>
public sealed record CampaignPreview(long CampaignId) : IQuery<CampaignPreview.Answer?>
{
    /// <param name="Rows">Rows of the list; null for an audience.</param>
    /// <param name="Reachable">Patients who would be written to.</param>
    /// <param name="ByMedium">How many of them by which medium.</param>
    /// <param name="LeftOut">How many patients would not be, by the reason.</param>
    /// <param name="ListProblems">Rows of the list that mean nobody, by what is wrong.</param>
    /// <param name="Samples">How it reads, with an invented name, in each language that somebody would get.</param>
    /// <param name="LastAt">When the last patient would be written to at this rate.</param>
    /// <param name="Segments">What all their text messages together are paid for.</param>
    /// <param name="SharedNumbers">Numbers and addresses at which more than one of the patients is reached; the same words go there once.</param>
    /// <param name="TooMany">It has more patients than a campaign may have.</param>
    public sealed record Answer(
        int? Rows,
        int Reachable,
        IReadOnlyDictionary<Medium, int> ByMedium,
        IReadOnlyList<Left> LeftOut,
        IReadOnlyList<RowProblem> ListProblems,
        IReadOnlyList<Sample> Samples,
        Instant? LastAt,
        int Segments,
        int SharedNumbers,
        bool TooMany);

    /// <param name="Reason">A stable word.</param>
    /// <param name="InWords">The same for people.</param>
    public sealed record Left(string Reason, string InWords, int Patients);

    /// <param name="Lines">The first lines of the file, counted from 1.</param>
    public sealed record RowProblem(string Problem, int Count, IReadOnlyList<int> Lines);

    /// <param name="Patients">How many get it in this language.</param>
    /// <param name="Segments">What a text message is paid for; null for the others.</param>
    public sealed record Sample(Medium Medium, string Language, string? Subject, string Body, int Patients, int? Segments);
}

internal sealed class CampaignPreviewHandler(
    IntegrationDb db, Crowd crowd, CampaignChoice choice, Snapshot<EnterpriseDirectory> enterprise, IOptions<OutreachOptions> options, TimeProvider time)
    : IQueryHandler<CampaignPreview, CampaignPreview.Answer?>
{
    private const int Batch = 1000;
    private const int LinesShown = 100;

    public async ValueTask<CampaignPreview.Answer?> Handle(CampaignPreview query, CancellationToken cancellationToken)
    {
        if (await db.Set<Campaign>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == query.CampaignId, cancellationToken) is not { } campaign)
            return null;
        var trigger = await db.Set<Trigger>().AsNoTracking().SingleAsync(row => row.Id == campaign.TriggerId, cancellationToken);
        var directory = await enterprise.Get(cancellationToken);
        var practice = directory.Practice(campaign.PracticeId);
        var line = Composer.LineFor(trigger, new Mailing(campaign, 0, 0), directory);
        var tally = new CampaignTally(campaign, trigger, directory, line, time.Now());
        var found = 0;
        for (long? after = 0; after is { } from && found <= Campaign.MostPatients;)
        {
            var batch = await crowd.Next(campaign, from, Batch, cancellationToken);
            found += batch.Patients.Count;
            foreach (var one in await choice.Of(campaign, trigger, batch.Patients, cancellationToken))
                tally.Add(one);
            after = batch.Last;
        }

        return new(
            campaign.Rows,
            tally.Reachable,
            tally.Ways.GroupBy(way => way.Key.Medium, way => way.Value).ToDictionary(group => group.Key, group => group.Sum()),
            [.. tally.Left.OrderByDescending(reason => reason.Value).Select(reason => new CampaignPreview.Left(reason.Key, Reasons.InWords(reason.Key, null)!, reason.Value))],
            await Problems(campaign.Id, cancellationToken),
            [.. tally.Ways.OrderByDescending(way => way.Value).Select(way => Sample(way.Key.Medium, way.Key.Language, way.Value))],
            LastAt(campaign, new PracticeCalendar(practice, directory.Holidays), tally.Reachable),
            tally.Segments,
            tally.SharedNumbers,
            found > Campaign.MostPatients);

        CampaignPreview.Sample Sample(Medium medium, string language, int patients)
        {
            var invented = new Patient { Emr = "", ExternalId = "", Given = "ANA", Family = "SAMPLE", Language = language };
            var occasion = new Occasion(directory, invented, new Mailing(campaign, 0, 0), [], practice, line!, language, time.Now());
            var text = trigger.Text(medium)!;
            var body = Composer.Say(text.Body[language], occasion).Text;
            return new(medium, language, occasion.Translated(text.Subject) is { } subject ? Composer.Say(subject, occasion).Text : null, body, patients, medium == Medium.Sms ? SmsLength.Of(body).Segments : null);
        }
    }

    private async Task<List<CampaignPreview.RowProblem>> Problems(long campaign, CancellationToken cancellation)
    {
        var counted = await db.Set<ListedPatient>()
            .Where(row => row.CampaignId == campaign && row.Problem != null)
            .GroupBy(row => row.Problem!)
            .Select(group => new { Problem = group.Key, Count = group.Count() })
            .ToListAsync(cancellation);
        var problems = new List<CampaignPreview.RowProblem>();
        foreach (var one in counted.OrderByDescending(one => one.Count))
        {
            problems.Add(new(one.Problem, one.Count, await db.Set<ListedPatient>()
                .Where(row => row.CampaignId == campaign && row.Problem == one.Problem)
                .OrderBy(row => row.Row).Select(row => row.Row).Take(LinesShown).ToListAsync(cancellation)));
        }

        return problems;
    }

    private Instant? LastAt(Campaign campaign, PracticeCalendar calendar, int patients)
    {
        if (patients == 0)
            return null;
        var slot = campaign.Pace.Open(campaign.StartAt ?? time.Now(), calendar, options.Value.Quiet);
        for (var patient = 1; patient < patients && campaign.Pace.PerHour is not null; patient++)
            slot = campaign.Pace.Open(slot + campaign.Pace.Step, calendar, options.Value.Quiet);
        return slot;
    }
}
