using System.Net;
using System.Text.RegularExpressions;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Links;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using NodaTime;

namespace Artera.Integration.Tests.Web;

/// <summary>
/// The pages behind <c>/c/</c> and <c>/u/</c> are for whoever gets a message: on a small phone, with a screen reader, by keyboard
/// alone, without script, and in a language that is written from the right (WCAG 2.2, level AA). Where the environment
/// names a folder in <c>ARTERA_SCREENSHOTS</c>, each page is left there as it looks and as it is written.
/// </summary>
public sealed partial class When_anybody_opens_a_link : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero));
    private TestServer server = null!;
    private HttpClient phone = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(clock, services: null, new("Links:PublicUrl", "https://v.example.org"), new("Replies:AcceptReschedule", "true"));
        phone = new HttpClient { BaseAddress = server.Http };
        await server.Write(new HealthSystem { Name = "Example Health" });
        await server.Write(new Practice { HealthSystemId = 1, Name = "Example Clinic", TimeZone = "America/Chicago" });
        await server.Write(new Line { PracticeId = 1, Number = "+15125550199", Name = "Front desk" });
    }

    public async ValueTask DisposeAsync()
    {
        phone.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("es", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task It_says_its_language_and_has_one_of_each_landmark(string language, string direction)
    {
        foreach (var path in new[] { await Confirm(language), await Unsubscribe(language) })
        {
            var html = await phone.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

            html.ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\">");
            foreach (var once in new[] { "<title>", "<h1>", "<main>", "<form method=\"post\">" })
                Regex.Count(html, once, RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1, once);
            Title().Match(html).Groups["words"].Value.ShouldNotBeNullOrWhiteSpace();
            html.ShouldContain("content=\"width=device-width, initial-scale=1\"");
            html.ShouldNotContain("<script", Case.Insensitive);
            html.ShouldNotContain("style=\"", Case.Insensitive);
            Button().Matches(html).ShouldAllBe(button => !string.IsNullOrWhiteSpace(button.Groups["words"].Value));
        }
    }

    [Fact]
    public async Task Its_colours_can_be_told_apart()
    {
        const double Words = 4.5, Shapes = 3;
        var html = await phone.GetStringAsync(new Uri(await Confirm("en"), UriKind.Relative), TestContext.Current.CancellationToken);
        var css = Style().Match(html).Groups["css"].Value;
        string Of(string selector, string property) => Contrast.Colour(css, selector, property).ShouldNotBeNull($"{selector} {property}");
        var (page, ink, card) = (Of("body", "background"), Of("body", "color"), Of("li", "background"));

        foreach (var (what, colour, on) in new[]
        {
            ("words", ink, page), ("a visit", ink, card), ("what was done", ink, Of(".said", "background")), ("a link", Of("a", "color"), page),
            ("a button", Of("button", "color"), Of("button", "background")), ("the first button", Of("button.first", "color"), Of("button.first", "background")),
        })
        {
            Contrast.Of(colour, on).ShouldBeGreaterThanOrEqualTo(Words, what);
        }

        Contrast.Of(Of("button", "border"), page).ShouldBeGreaterThanOrEqualTo(Shapes);
        Contrast.Of(Of("button:focus-visible, a:focus-visible", "outline"), page).ShouldBeGreaterThanOrEqualTo(Shapes);
        Contrast.Of("#000", "#fff").ShouldBe(21, 0.001);
    }

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("es", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task On_a_phone_without_script_it_can_be_read_reached_and_pressed(string language, string direction)
    {
        await using var screen = await SmallScreen.Open(server.Http);
        foreach (var (name, path) in new[] { ("confirm", await Confirm(language)), ("unsubscribe", await Unsubscribe(language)) })
        {
            var page = await screen.Show(path);
            await SmallScreen.Keep(page, $"{name}-{language}");

            (await page.Locator("html").GetAttributeAsync("dir")).ShouldBe(direction);
            (await Width(page.Locator("main"))).ShouldBeLessThanOrEqualTo(SmallScreen.Width);
            var buttons = page.Locator("button");
            for (var at = 0; at < await buttons.CountAsync(); at++)
            {
                var box = (await buttons.Nth(at).BoundingBoxAsync())!;
                box.Height.ShouldBeGreaterThanOrEqualTo(44);
                (box.X + box.Width).ShouldBeLessThanOrEqualTo(SmallScreen.Width);
            }

            // By the order in which they are written, which is the one in which they are read.
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(buttons.First).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
            await SmallScreen.Keep(page, $"{name}-{language}-done");
        }

        (await server.Read(db => db.Set<Appointment>().SingleAsync())).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        (await server.Read(db => db.Set<OptOut>().SingleAsync())).Source.ShouldBe("link");
    }

    [Fact]
    public async Task Looking_at_the_unsubscribe_page_changes_nothing_and_a_tap_twice_is_one()
    {
        var path = await Unsubscribe("en");
        foreach (var look in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(look, path);
            (await phone.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await server.Read(db => db.Set<OptOut>().AnyAsync())).ShouldBeFalse();

        for (var tap = 0; tap < 2; tap++)
            (await phone.PostAsync(new Uri(path, UriKind.Relative), content: null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Read(db => db.Set<OptOut>().CountAsync())).ShouldBe(1);
        foreach (var forged in new[] { "/u/x", path[..^1] + (path[^1] == 'A' ? 'E' : 'A'), path.Replace("/u/", "/c/", StringComparison.Ordinal) })
            (await phone.PostAsync(new Uri(forged, UriKind.Relative), content: null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound, forged);
    }

    private static async Task<float> Width(ILocator element) => (await element.BoundingBoxAsync())!.Width;

    private async Task<string> Confirm(string language)
    {
        var now = clock.Now();
        await server.Read(db => db.Set<Appointment>().ExecuteDeleteAsync());
        var patient = new Patient { Emr = "main", ExternalId = Guid.NewGuid().ToString(), Given = "Rosario", Family = "Ejemplo", Language = language };
        await server.Write(patient);
        var visit = new Appointment
        {
            Emr = "main",
            ExternalId = "V1",
            Feed = "main",
            PatientId = patient.Id,
            PracticeId = 1,
            BookedAt = now,
            StartsAt = now + Duration.FromDays(3),
        };
        await server.Write(visit);
        return ConfirmLink.For(await Signer(), [new Visit(visit)])!["https://v.example.org".Length..];
    }

    private async Task<string> Unsubscribe(string language)
    {
        var message = await server.Send(new QueueMessage(Medium.Email, 1, "+15125550199", "rosario@example.org", "Hi", Priority.Reminder, Subject: "Hi", Language: language));
        return UnsubscribeLink.For(await Signer(), message.Id)["https://v.example.org".Length..];
    }

    private async Task<LinkSigner> Signer()
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignedLinks>().Signer(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<title>(?<words>[^<]*)</title>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();

    [GeneratedRegex("<button[^>]*>(?<words>[^<]*)</button>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Button();

    [GeneratedRegex("<style[^>]*>(?<css>[^<]*)</style>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Style();
}
