using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Artera.Integration.Tests.Web;

public sealed class When_staff_runs_a_campaign(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ARTERA_SCREENSHOTS");

    private Clinic Clinic => browser.Running.Clinic;

    [Fact]
    public async Task It_is_looked_at_started_paused_resumed_and_stopped_by_keyboard()
    {
        browser.SkipWithout();
        var id = await Written("Flu shots", "Flu shots at {practiceName}");
        var complaints = new List<string>();
        var page = await browser.Open("/campaigns", complaints);
        await Expect(page.Locator("tr", new() { HasText = "Flu shots" }).Locator(".tag")).ToHaveTextAsync("Draft");
        await Press(page.GetByRole(AriaRole.Link, new() { Name = "Flu shots" }));

        await Expect(page.Locator("h1")).ToContainTextAsync("Flu shots");
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Preview" });
        await Expect(preview).ToContainTextAsync("2 patients, 2 by text");
        await Expect(preview).ToContainTextAsync("2 segments of text messages");
        await Expect(preview).ToContainTextAsync("1 number or address belongs to several of them");
        await Expect(preview.GetByRole(AriaRole.Table, new() { Name = "Would not get it" })).ToContainTextAsync("the same words have gone to this number");
        await Expect(preview.GetByRole(AriaRole.Table, new() { Name = "Rows of the list" })).ToContainTextAsync("unknown identifier");
        await Expect(page.GetByText("4 patients an hour")).ToBeVisibleAsync();
        await Expect(page.GetByText("09:00 to 16:00, on the practice's open days")).ToBeVisibleAsync();
        await Keep(page, "campaign-draft");

        await page.GetByLabel("not before").FillAsync("2100-01-04T10:00");
        await page.GetByLabel("not before").BlurAsync();
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Start then" }));
        await Expect(page.Locator("h1 .tag")).ToHaveTextAsync("Running");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Report" })).ToContainTextAsync("To be sent");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Pause" }));
        await Expect(page.Locator("h1 .tag")).ToHaveTextAsync("Paused");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Resume" }));
        await Expect(page.Locator("h1 .tag")).ToHaveTextAsync("Running");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }));
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Stop it for good" }));
        await Expect(page.Locator("h1 .tag")).ToHaveTextAsync("Stopped");
        await Keep(page, "campaign-report");

        complaints.ShouldBeEmpty();
        (await browser.Running.AuditLog()).Where(entry => entry.Subject == $"campaign:{id}").Select(entry => entry.What)
            .ShouldBe(["created", "listed", "started", "paused", "resumed", "stopped"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/campaigns")]
    [InlineData("draft")]
    public async Task A_narrow_screen_shows_it_without_scrolling_sideways(string path)
    {
        browser.SkipWithout();
        var id = await Written($"A name that is quite long and tells more than it must, {path}", "Flu shots at {practiceName}");
        var page = await browser.Open(path == "draft" ? $"/campaigns/{id}" : path);
        await page.SetViewportSizeAsync(360, 740);
        await Expect(page.GetByText("A name that is quite long").First).ToBeVisibleAsync();
        await Keep(page, path == "draft" ? "campaign-narrow" : "campaigns-narrow");
        (await page.EvaluateAsync<int>("() => document.querySelector('main').scrollWidth")).ShouldBeLessThanOrEqualTo(360);
    }

    [Fact]
    public async Task One_that_is_not_there_is_said_to_be_none()
    {
        var page = await browser.Open("/campaigns/4711");
        await Expect(page.GetByText("There is no such campaign.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_that_may_not_start_says_why()
    {
        browser.SkipWithout();
        var id = (await Add("No list")).GetProperty("id").GetInt64();
        var page = await browser.Open($"/campaigns/{id}");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Start now" }));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("it has no list");
        (await browser.Running.Server.Read(db => db.Set<Campaign>().SingleAsync(row => row.Id == id))).State.ShouldBe(CampaignState.Draft);
    }

    private static async Task Press(ILocator what)
    {
        await what.FocusAsync();
        await what.PressAsync("Enter");
    }

    private async Task<long> Written(string name, string text)
    {
        await browser.Running.Server.Read(async db =>
        {
            if (!await db.Set<Resource>().AnyAsync(row => row.ExternalId == "CAMPAIGNS"))
                db.Add(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "CAMPAIGNS", Name = "Riverside", PracticeId = Clinic.Practice.Id });
            return await db.SaveChangesAsync();
        });
        var twin = await browser.Running.Server.Read(db => Twin(db));
        var id = (await Add(name, text)).GetProperty("id").GetInt64();
        using var list = new StringContent($"mrn\n{Clinic.Ana.ExternalId}\n{twin}\nMRN2002\nNOBODY\n", Encoding.UTF8, "text/csv");
        (await browser.Running.Api.PutAsync($"campaigns/{id}/patients", list)).IsSuccessStatusCode.ShouldBeTrue();
        return id;
    }

    /// <summary>Somebody at Ana's phone, and somebody with one of her own.</summary>
    private static async Task<string> Twin(IntegrationDb db)
    {
        foreach (var (mrn, cell) in new[] { ("MRN2001", "+12025550141"), ("MRN2002", "+12025550143") })
        {
            if (await db.Set<PatientIdentifier>().AnyAsync(row => row.ExternalId == mrn))
                continue;
            var patient = new Patient { Emr = "main", ExternalId = mrn, Given = "Ben", Family = "Sample", Language = "en" };
            patient.ContactPoints.Add(new ContactPoint { Tag = ContactTag.Cell, Address = cell });
            db.Add(patient);
            await db.SaveChangesAsync();
            db.Add(new PatientIdentifier { Emr = "main", ExternalId = mrn, PatientId = patient.Id });
            await db.SaveChangesAsync();
        }

        return "MRN2001";
    }

    private async Task<JsonElement> Add(string name, string text = "Flu shots")
    {
        var entry = new { name, practiceId = Clinic.Practice.Id, sms = new { en = text }, pace = new { perHour = 4, from = "09:00", to = "16:00", businessDays = true } };
        using var answer = await browser.Running.Api.PostAsJsonAsync("campaigns", entry);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task Keep(IPage page, string name)
    {
        if (Folder is not null)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
    }
}
