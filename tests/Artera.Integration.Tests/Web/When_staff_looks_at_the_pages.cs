using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Operations.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Artera.Integration.Tests.Web;

public sealed class When_staff_looks_at_the_pages(Browser browser) : IClassFixture<Browser>
{
    private const string Question = "Can I bring my daughter? Where do I park?";

    private Clinic Clinic => browser.Running.Clinic;

    [Theory]
    [InlineData("/", "Inbox")]
    [InlineData("/schedule", "Appointments")]
    [InlineData("/campaigns", "Campaigns")]
    [InlineData("/feeds", "Feeds")]
    [InlineData("/writebacks", "Write-backs")]
    [InlineData("/sandbox", "Sandbox phone")]
    public async Task Each_page_loads_without_complaint_and_from_this_server_alone(string path, string heading)
    {
        var complaints = new List<string>();
        var page = await browser.Open(path, complaints);
        await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_description_of_the_API_needs_no_other_host()
    {
        var complaints = new List<string>();
        var page = await browser.Open("/api", complaints);
        await Expect(page.GetByText("Write-backs").First).ToBeVisibleAsync();
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_inbox_shows_a_conversation_and_its_facesheet()
    {
        var page = await browser.Open("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ana Sample" }).ClickAsync();
        await Expect(page.Locator(".bubble.in", new() { HasText = Question })).ToBeVisibleAsync();
        await Expect(page.Locator(".event", new() { HasText = "Ana confirmed the visit" })).ToBeVisibleAsync();
        await Expect(page.Locator(".bubble.out", new() { HasText = "Reply Y to confirm" }).Locator(".tag")).ToHaveTextAsync("Delivered");

        var visit = page.Locator(".visit").First;
        await Expect(visit.Locator(".facts")).ToContainTextAsync("In the EMR");
        await visit.Locator("summary").ClickAsync();
        await Expect(visit.Locator(".decisions")).ToContainTextAsync("its time had passed");
        await Expect(page.Locator(".order").First).ToContainTextAsync("Mammogram");
        await Expect(page.Locator(".order").Last).ToContainTextAsync("authorization approved");
    }

    [Fact]
    public async Task Looking_at_a_facesheet_is_written_down_once_a_visit()
    {
        browser.SkipWithout();
        var before = await FacesheetViews();
        var page = await browser.Open($"/channels/{Clinic.AnasChannel.Id}");
        await Expect(page.Locator(".face h2")).ToHaveTextAsync("Ana Sample");
        await SeesWhatIsNew(page);
        (await FacesheetViews()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Text_from_right_to_left_is_shown_so()
    {
        var page = await browser.Open("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "ليلى" }).ClickAsync();
        var words = page.Locator(".bubble.out p").First;
        (await words.EvaluateAsync<string>("element => getComputedStyle(element).direction")).ShouldBe("rtl");
        await Expect(page.Locator(".failure")).ToBeVisibleAsync();
        await Expect(page.Locator(".face .tag", new() { HasText = "opted out" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_a_patient_answers_on_the_sandbox_phone_shows_up_in_the_inbox()
    {
        browser.SkipWithout();
        await browser.Running.Server.Send(new QueueMessage(
            Medium.Sms, Clinic.Line.Id, Clinic.Line.Number, "+12025550141", "Please call us about your visit.", Priority.Reply, Clinic.Ana.Id));
        var inbox = await browser.Open($"/channels/{Clinic.AnasChannel.Id}");
        var phone = await browser.Open("/sandbox");
        await phone.GetByRole(AriaRole.Button, new() { Name = "+12025550141" }).ClickAsync();
        await Expect(phone.Locator(".bubble.in", new() { HasText = "Please call us" })).ToBeVisibleAsync();

        await phone.GetByLabel("Answer as the patient").FillAsync("I will, after work");
        await phone.Keyboard.PressAsync("Enter");

        await Expect(phone.Locator(".bubble.out", new() { HasText = "after work" })).ToBeVisibleAsync();
        await Expect(inbox.Locator(".bubble.in", new() { HasText = "I will, after work" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_held_message_is_found_by_its_state_and_shown_segment_by_segment()
    {
        var page = await browser.Open("/feeds/main");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(5);
        await page.GetByLabel("Control id").FillAsync("A2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody button").ClickAsync();
        await Expect(page.Locator(".segments").First.Locator("li b")).ToHaveTextAsync(["MSH", "SCH", "PID"]);
        await Expect(page.Locator(".segments").Last).ToContainTextAsync("|AA|A2");
        await Expect(page.Locator(".message .facts")).ToContainTextAsync("SCH-25.1");
    }

    [Fact]
    public async Task What_waits_for_a_person_is_said_with_what_can_be_done()
    {
        var page = await browser.Open("/feeds/main");
        var group = page.Locator(".held li", new() { HasText = "SCH-25.1 =" });
        await Expect(group).ToContainTextAsync("is not in table statuses: 1 message since");
        await group.Locator(".mud-select").First.ClickAsync();
        await page.Locator(".mud-list-item", new() { HasText = "no-show" }).ClickAsync();
        await Expect(group.GetByRole(AriaRole.Button, new() { Name = "Give this meaning" })).ToBeEnabledAsync();

        await group.GetByRole(AriaRole.Button, new() { Name = "Ignore" }).ClickAsync();
        await Expect(group).ToContainTextAsync("Ignore 1 message?");
        await group.GetByRole(AriaRole.Button, new() { Name = "No", Exact = true }).ClickAsync();
        await Expect(group.GetByRole(AriaRole.Button, new() { Name = "Apply again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_way_of_a_message_is_followed_from_the_feed_to_the_appointment()
    {
        var page = await browser.Open("/feeds/main");
        await page.GetByLabel("Control id").FillAsync("A1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "all that came of it" }).ClickAsync();
        await Expect(page.Locator(".segments mark", new() { HasText = "MRN1001" })).ToBeVisibleAsync();
        await Expect(page.Locator(".timeline li.here")).ToContainTextAsync("SIU^S12 A1");
        await Expect(page.Locator(".timeline .body.out").First).ToContainTextAsync("Reply Y to confirm");
        await page.GetByRole(AriaRole.Link, new() { Name = "appointment VISIT-1" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Appointment");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("The EMR has it");
    }

    [Theory]
    [InlineData("Mammogram", "Recall", "due Mar 1, 2027")]
    [InlineData("Dermatology", "Referral", "authorization approved")]
    public async Task The_way_of_an_order_is_followed_from_the_facesheet(string title, string heading, string standing)
    {
        var page = await browser.Open($"/channels/{Clinic.AnasChannel.Id}");
        await page.Locator(".order", new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = "Everything that happened to it" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        await Expect(page.Locator(".way header")).ToContainTextAsync($"Ana Sample, {title}");
        await Expect(page.Locator(".way header")).ToContainTextAsync(standing);
        await Expect(page.Locator(".timeline")).ToContainTextAsync($"{heading}, after 1 month");
    }

    [Fact]
    public async Task Staff_answers_for_the_patient_and_closes_the_conversation()
    {
        browser.SkipWithout();
        var layla = await browser.Running.Server.Read(db => db.Set<PatientChannel>().SingleAsync(row => row.PatientId == Clinic.Layla.Id));
        var page = await browser.Open($"/channels/{layla.Id}");
        await page.Locator(".visit").GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.Locator(".visit .facts")).ToContainTextAsync("Confirmed");
        var visit = await browser.Running.Server.Read(db => db.Set<Appointment>().SingleAsync(row => row.PatientId == Clinic.Layla.Id));
        visit.PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    /// <summary>The page has looked again at least once: what was written meanwhile is there.</summary>
    private async Task SeesWhatIsNew(IPage page)
    {
        var words = $"Noted {Guid.NewGuid():N}";
        await browser.Running.Server.Write(new ChannelLine { ChannelId = Clinic.AnasChannel.Id, Kind = LineKind.Event, At = TimeProvider.System.Now(), Body = words });
        await Expect(page.Locator(".event", new() { HasText = words })).ToBeVisibleAsync();
    }

    private Task<int> FacesheetViews() => browser.Running.Server.Read(db =>
        db.Set<AuditEntry>().CountAsync(entry => entry.Subject == "facesheet" && entry.PatientId == Clinic.Ana.Id));
}
