using Microsoft.Playwright;

namespace Artera.Integration.Tests.Web;

/// <summary>A clinic's server and Debian's chromium before it; tests are skipped, and say so, where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Missing = $"there is no {Chromium}: install Debian's chromium to run the pages' tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public ClinicServer Running { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        await Running.InitializeAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await Launch(playwright);
    }

    internal static Task<IBrowser> Launch(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Flags });

    public static void SkipWithoutChromium() =>
        Assert.SkipUnless(File.Exists(Chromium), Missing);

    public void SkipWithout() => Assert.SkipUnless(browser is not null, Missing);

    /// <summary>A page at a path of the server.</summary>
    /// <param name="path">Such as <c>/feeds</c>.</param>
    /// <param name="complaints">What the browser found wrong with it: scripts, styles, policies, missing files.</param>
    public async Task<IPage> Open(string path, List<string>? complaints = null)
    {
        SkipWithout();
        var page = await browser!.NewPageAsync(new BrowserNewPageOptions { BaseURL = Running.Server.Http.ToString(), ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        if (complaints is not null)
        {
            page.PageError += (_, error) => complaints.Add(error);
            page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
            page.Response += (_, response) => complaints.AddRange(response.Status >= 400 ? [$"{response.Status} {response.Url}"] : []);
            page.Request += (_, request) => complaints.AddRange(request.Url.StartsWith("data:", StringComparison.Ordinal) || request.Url.Contains(Running.Server.Http.Authority, StringComparison.Ordinal) ? [] : [$"asked {request.Url}"]);
        }

        await page.GotoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is null)
            return;
        await browser.DisposeAsync();
        playwright!.Dispose();
        await Running.DisposeAsync();
    }
}
