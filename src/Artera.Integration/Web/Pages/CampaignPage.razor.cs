using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Web.Pages;

/// <summary>One campaign: before it starts, who would get it; afterwards, what became of it.</summary>
public sealed partial class CampaignPage : Live
{
    /// <summary>A report counts every message of it, so not every look makes one.</summary>
    private const int LooksPerReport = 5;

    private Campaign? campaign;
    private CampaignReport.Answer? report;
    private EnterpriseDirectory? directory;
    private int looks;
    private bool looked;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    [Inject]
    private IOptions<OutreachOptions> Options { get; set; } = null!;

    private QuietHours Quiet => Options.Value.Quiet;

    private DateTimeZone Zone => directory?.ZoneOf(campaign?.PracticeId) ?? DateTimeZone.Utc;

    protected override async Task Look(CancellationToken cancellation)
    {
        directory = await Enterprise.Get(cancellation);
        var found = await Desk.Read(db => db.Set<Campaign>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == Id, cancellation));
        if (found is not null && found.State != CampaignState.Draft && (report is null || looks++ % LooksPerReport == 0 || found.State != campaign?.State))
            report = await Desk.Ask(new CampaignReport(Id), cancellation);
        (campaign, looked) = (found, true);
    }

    private Task Changed()
    {
        report = null;
        return OnParametersSetAsync();
    }
}
