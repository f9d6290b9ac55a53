using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>The site with its demo people on a real port, and a browser.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>
    /// Whether what a test does on a phone is done in a wide window, and the other way round (<c>WIDTHS=swapped</c>), so that
    /// each sentence holds at both widths. Fingers stay fingers.
    /// </summary>
    public static readonly bool SwapsWidths = Environment.GetEnvironmentVariable("WIDTHS") == "swapped";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public MarketplaceApp App { get; } = new() { Settings = { ["Demo:Seed"] = "true" } };

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
                ExecutablePath = BrowserFactAttribute.Chromium,
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

    /// <summary>Somebody at a device of their own; signed in if a demo name is given.</summary>
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
        context.SetDefaultTimeout(15_000);
        var visit = new Visit(await context.NewPageAsync());
        if (name is not null)
            await visit.SignInAsync($"{name}@demo.local");
        return visit;
    }

    /// <summary>A person of the test's own at a device, signed in without the form.</summary>
    public async Task<Visit> VisitAsync(Person person, Action<BrowserNewContextOptions>? device = null, Uri? at = null)
    {
        var visit = await VisitAsync(device: device, at: at);
        var scheme = IdentityConstants.ApplicationScheme;
        var options = person.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var issued = new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow };
        await visit.Page.Context.AddCookiesAsync([
            new()
            {
                Url = (at ?? Address).ToString(),
                Name = options.Cookie.Name!,
                Value = options.TicketDataFormat.Protect(new(person.Principal, issued, scheme)),
            },
        ]);
        return visit;
    }

    /// <summary>A phone, 390 px wide, with a touch screen.</summary>
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

/// <summary>One person's page. What the browser complains of, policy reports among it, fails the test at the end.</summary>
public sealed class Visit(IPage page) : IAsyncDisposable
{
    private static readonly Regex SignInPage = new("/account/login");

    private readonly ConcurrentQueue<string> complaints = Collect(page);
    private bool mayComplain;

    public IPage Page => page;
    public ILocator Log => page.GetByRole(AriaRole.Log, new() { Name = "Mensajes" });
    public ILocator Text => page.GetByRole(AriaRole.Textbox, new() { Name = "Mensaje", Exact = true });
    public ILocator Send => page.GetByRole(AriaRole.Button, new() { Name = "Enviar" });
    public ILocator Conversations =>
        page.GetByRole(AriaRole.List, new() { Name = "Conversaciones" }).GetByRole(AriaRole.Listitem);

    /// <summary>The conversation that stands first, whether the list is in view or not.</summary>
    public ILocator Newest => page.Locator("[data-room]").First;

    /// <summary>The last message with this in its text.</summary>
    public ILocator Row(string text) =>
        Log.Locator(".message").Filter(new() { Has = page.Locator($".body:has-text('{text}')") }).Last;

    public async Task SignInAsync(string email)
    {
        await page.GotoAsync("/account/login");
        await FillInAsync(email);
    }

    /// <summary>Fills in the sign-in page that is open.</summary>
    public async Task FillInAsync(string email)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Correo electrónico" }).FillAsync(email);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Contraseña" }).FillAsync("Demo-1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar" }).ClickAsync();
        await SignedInAsync(page);
    }

    /// <summary>
    /// Until the sign-in page is gone; each test waits for what it needs of the next. (WaitForURLAsync would also wait for that
    /// page's load event, and waits in vain if the event comes at the moment of the call.)
    /// </summary>
    public static Task SignedInAsync(IPage page) =>
        Expect(page).Not.ToHaveURLAsync(SignInPage, new() { Timeout = 15_000 });

    /// <summary>Until one has to sign in again.</summary>
    /// <param name="within">In milliseconds.</param>
    public Task SignedOutAsync(float within = 15_000) =>
        Expect(page).ToHaveURLAsync(SignInPage, new() { Timeout = within });

    /// <summary>Opens a room and waits until it lives.</summary>
    public async Task OpenAsync(string url)
    {
        await page.GotoAsync(url);
        await LiveAsync();
    }

    public Task LiveAsync() => page.Locator("[data-ready]").WaitForAsync();

    public async Task SayAsync(string text)
    {
        await Text.FillAsync(text);
        await Send.ClickAsync();
    }

    public Task SeesAsync(string text) => Log.GetByText(text, new() { Exact = true }).WaitForAsync();

    /// <summary>Goes to the list, where it is a page of its own; in a wide window it stands beside the room.</summary>
    public async Task ToListAsync()
    {
        var back = page.GetByRole(AriaRole.Link, new() { Name = "Volver a las conversaciones" });
        if (await back.IsVisibleAsync())
            await back.ClickAsync();
    }

    /// <summary>Opens a conversation from the list.</summary>
    public async Task PickAsync(long room)
    {
        await ToListAsync();
        await page.Locator($"[data-room='{room}'] a").ClickAsync();
    }

    /// <summary>Chooses from the menu of a conversation in the list.</summary>
    public async Task ChooseAsync(string conversation, string act)
    {
        await ToListAsync();
        var row = page.GetByRole(AriaRole.Listitem, new() { Name = conversation }).First;
        await page.Locator("[data-live]").WaitForAsync();
        await row.HoverAsync();
        await row.Locator("[data-menu]").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = act, Exact = true }).ClickAsync();
    }

    /// <summary>Forgets the complaints so far, where the test itself broke something.</summary>
    public void Forgive() => complaints.Clear();

    /// <summary>From now on the browser may complain, as the test breaks something.</summary>
    public void ExpectComplaints() => mayComplain = true;

    public async ValueTask DisposeAsync()
    {
        await page.Context.CloseAsync();
        if (!mayComplain)
            Assert.Empty(complaints);
    }

    private static ConcurrentQueue<string> Collect(IPage page)
    {
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        return complaints;
    }
}

/// <summary>A test that needs Chromium: skipped with a word where there is none, failing where CI promises one.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!CanRun)
            Skip = $"There is no {Chromium}: scripts/test installs it.";
    }

    public static bool CanRun => File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true";
}
