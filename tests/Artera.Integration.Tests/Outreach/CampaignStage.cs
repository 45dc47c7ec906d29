using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Tests.Outreach;

/// <summary>Campaigns of the clinic, and the job that goes on with them.</summary>
internal sealed class CampaignStage(Clinic clinic)
{
    public const string Who = "loopback";

    public static CampaignEntry Flu(Clinic clinic, CampaignPace? pace = null, Audience? audience = null) => new()
    {
        Name = "Flu",
        PracticeId = clinic.PracticeId,
        Sms = new() { ["en"] = "Hi {clientFirstNameProperCase}, flu shots at {practiceName}.", ["es"] = "Hola {clientFirstNameProperCase}, vacunas en {practiceName}." },
        Pace = pace ?? new(),
        Audience = audience,
    };

    public async Task<long> Add(CampaignPace? pace = null, Audience? audience = null) =>
        (await clinic.Send(new SaveCampaign(null, Flu(clinic, pace, audience), Who))).Campaign.ShouldNotBeNull().Id;

    public Task<CampaignSaid> List(long campaign, params string[] lines) => List(campaign, string.Join('\n', lines));

    public async Task<CampaignSaid> List(long campaign, string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await clinic.Services.GetRequiredService<CampaignList>().Read(campaign, stream, Who, CancellationToken.None);
    }

    public Task<CampaignSaid> Say(long campaign, CampaignStep step) => clinic.Send(new DecideCampaign(campaign, step, Who));

    /// <summary>The job looks once.</summary>
    public async Task Look()
    {
        var services = clinic.Services;
        await new CampaignJob(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<DueMessages>(), services.GetRequiredService<WriteGate>(),
            services.GetRequiredService<IOptions<OutreachOptions>>(), services.GetRequiredService<TimeProvider>()).Execute(null!, CancellationToken.None);
    }

    public async Task Until(string local, int minutes = 1)
    {
        await Look();
        while (clinic.Now < Given.At(local))
        {
            clinic.Sleep(Given.Local(clinic.Now + NodaTime.Duration.FromMinutes(minutes)));
            await Look();
        }
    }

    public Task<Campaign> Of(long campaign) => clinic.Read(db => db.Set<Campaign>().AsNoTracking().SingleAsync(row => row.Id == campaign));

    public async Task<CampaignReport.Answer> Report(long campaign) => (await clinic.Ask(new CampaignReport(campaign))).ShouldNotBeNull();

    public async Task<CampaignPreview.Answer> Preview(long campaign) => (await clinic.Ask(new CampaignPreview(campaign))).ShouldNotBeNull();
}
