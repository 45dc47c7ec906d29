using Microsoft.Playwright;

namespace Artera.Integration.Tests.Web;

/// <summary>Chromium as a small phone without script; tests are skipped, and say so, where there is none.</summary>
internal sealed class SmallScreen : IAsyncDisposable
{
    public const int Width = 320;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("ARTERA_SCREENSHOTS");

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly IBrowserContext context;

    private SmallScreen(IPlaywright playwright, IBrowser browser, IBrowserContext context) =>
        (this.playwright, this.browser, this.context) = (playwright, browser, context);

    public static async Task<SmallScreen> Open(Uri server)
    {
        Browser.SkipWithoutChromium();
        var tool = await Playwright.CreateAsync();
        var chromium = await Browser.Launch(tool);
        var phone = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ViewportSize = new ViewportSize { Width = Width, Height = 640 },
            DeviceScaleFactor = 2,
            JavaScriptEnabled = false,
        });
        phone.SetDefaultTimeout(60_000);
        return new(tool, chromium, phone);
    }

    public async Task<IPage> Show(string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    public static async Task Keep(IPage page, string name)
    {
        if (Folder is null)
            return;
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
        await File.WriteAllTextAsync(Path.Combine(Folder, name + ".html"), await page.ContentAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
