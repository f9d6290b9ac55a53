using Marketplace.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>The site with its demo data on a real port, and a browser.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>
    /// Whether phones and desktops exchange their widths (<c>WIDTHS=swapped</c>), so that each test covers both. Touch
    /// stays as it is.
    /// </summary>
    private static readonly bool SwapsWidths = Environment.GetEnvironmentVariable("WIDTHS") == "swapped";

    // How long something takes says more about the machine than about the page; where time counts, a test names it.
    static Site() => Assertions.SetDefaultExpectTimeout(20_000);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public MarketplaceApp App { get; init; } = new() { Settings = { ["Demo:Seed"] = "true" } };

    /// <summary>The program of the browser.</summary>
    public string Chromium { get; init; } = BrowserFactAttribute.Chromium;

    public Uri Address { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        if (!BrowserFactAttribute.CanRun)
            return;
        Address = App.ListenOn(0);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>
    /// Opens a page on a new device, signed in if a demo name is given: by the form if the address may belong to
    /// another server.
    /// </summary>
    public async Task<Visit> VisitAsync(
        string? name = null,
        Action<BrowserNewContextOptions>? device = null,
        Uri? at = null
    )
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = (at ?? Address).ToString(),
            Locale = "es-ES",
            TimezoneId = "Europe/Madrid",
            ViewportSize = Desk,
        };
        device?.Invoke(options);
        if (SwapsWidths)
            options.ViewportSize = options.ViewportSize.Width switch
            {
                390 => Desk,
                1280 => PhoneSize,
                _ => options.ViewportSize,
            };
        var context = await browser!.NewContextAsync(options);
        // Generous: the first page of a site waits for its compilation, beside other tests.
        context.SetDefaultTimeout(30_000);
        var visit = new Visit(await context.NewPageAsync());
        if (name is not null && at is not null)
            await visit.SignInAsync($"{name}@demo.local");
        else if (name is not null)
            await GiveCookieAsync(visit, await App.EnterAsync($"{name}@demo.local"), Address);
        return visit;
    }

    /// <summary>Opens a page for a person of the test, signed in without the form.</summary>
    public async Task<Visit> VisitAsync(Person person, Action<BrowserNewContextOptions>? device = null, Uri? at = null)
    {
        var visit = await VisitAsync(device: device, at: at);
        await GiveCookieAsync(visit, person, at ?? Address);
        return visit;
    }

    private static Task GiveCookieAsync(Visit visit, Person person, Uri address)
    {
        var scheme = IdentityConstants.ApplicationScheme;
        var options = person.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var issued = new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow };
        return visit.Page.Context.AddCookiesAsync([
            new()
            {
                Url = address.ToString(),
                Name = options.Cookie.Name!,
                Value = options.TicketDataFormat.Protect(new(person.Principal, issued, scheme)),
            },
        ]);
    }

    public static void Phone(BrowserNewContextOptions options) =>
        (options.ViewportSize, options.HasTouch, options.IsMobile) = (PhoneSize, true, true);

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        await App.DisposeAsync();
    }

    private static ViewportSize Desk => new() { Width = 1280, Height = 800 };

    private static ViewportSize PhoneSize => new() { Width = 390, Height = 844 };
}
