using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>Writes a campaign down, or changes one that was not started.</summary>
/// <param name="Id">Null: a new one.</param>
internal sealed record SaveCampaign(long? Id, CampaignEntry Entry, string Who) : IRequest<CampaignSaid>;

/// <summary>What came of it.</summary>
/// <param name="Campaign">Null when there is none, or it was refused.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
internal sealed record CampaignSaid(Campaign? Campaign, string? Problem = null)
{
    public static readonly CampaignSaid NotThere = new(null, null);
}

/// <summary>Somebody wrote, changed, started, paused, resumed or stopped a campaign, in the transaction that does.</summary>
/// <param name="What">A stable word, such as <c>started</c>.</param>
public sealed record CampaignDecided(long CampaignId, string What, string Who) : INotification;

internal sealed class SaveCampaignHandler(IntegrationDb db, IOptions<OutreachOptions> options, TimeProvider time, IPublisher publisher)
    : IRequestHandler<SaveCampaign, CampaignSaid>
{
    public async ValueTask<CampaignSaid> Handle(SaveCampaign request, CancellationToken cancellationToken)
    {
        var entry = request.Entry;
        var known = request.Id is { } id ? await db.Set<Campaign>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) : null;
        if (request.Id is not null && known is null)
            return CampaignSaid.NotThere;
        if (known is { State: not CampaignState.Draft })
            return new(null, "it was started already");
        if (await db.FindAsync<Practice>([known?.PracticeId ?? entry.PracticeId], cancellationToken) is not { } practice)
            return new(null, "there is no such practice");
        if (entry.LineId is { } line && (await db.FindAsync<Line>([line], cancellationToken))?.PracticeId != practice.Id)
            return new(null, "the practice has no such line");
        var system = (await db.FindAsync<HealthSystem>([practice.HealthSystemId], cancellationToken))!;
        var problems = await entry.Problems(system.BaseLanguage, options.Value.Quiet, cancellationToken);
        if (problems.Count > 0)
            return new(null, string.Join("; ", problems));
        var named = await db.Set<Trigger>().Where(row => row.PracticeId == practice.Id && row.Name == entry.Name).Select(row => row.Id).ToListAsync(cancellationToken);
        if (named.Exists(trigger => trigger != known?.TriggerId))
            return new(null, "the practice has a campaign or a rule of that name");

        var campaign = known ?? await Add(practice, entry, cancellationToken);
        entry.AsTrigger().Fill((await db.FindAsync<Trigger>([campaign.TriggerId], cancellationToken))!);
        (campaign.Name, campaign.LineId, campaign.Audience, campaign.Pace) = (entry.Name, entry.LineId, entry.Audience, entry.Pace);
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new CampaignDecided(campaign.Id, known is null ? "created" : "changed", request.Who), cancellationToken);
        return new(campaign);
    }

    private async Task<Campaign> Add(Practice practice, CampaignEntry entry, CancellationToken cancellation)
    {
        var trigger = entry.AsTrigger().ToTrigger(practice.HealthSystemId, practice.Id);
        db.Add(trigger);
        await db.SaveChangesAsync(cancellation);
        var now = time.Now();
        var campaign = new Campaign { TriggerId = trigger.Id, PracticeId = practice.Id, Name = entry.Name, CreatedAt = now, DueAt = now };
        db.Add(campaign);
        return campaign;
    }
}
