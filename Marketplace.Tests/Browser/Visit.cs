using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>One person's page. Console errors, including policy reports, fail the test when it ends.</summary>
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

    public ILocator Newest => page.Locator("[data-room]").First;

    /// <summary>The last message that contains this text.</summary>
    public ILocator Row(string text) =>
        Log.Locator(".message").Filter(new() { Has = page.Locator($".body:has-text('{text}')") }).Last;

    public async Task SignInAsync(string email)
    {
        await page.GotoAsync("/account/login");
        await FillInAsync(email);
    }

    public async Task FillInAsync(string email)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Correo electrónico" }).FillAsync(email);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Contraseña" }).FillAsync("Demo-1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar" }).ClickAsync();
        await SignedInAsync(page);
    }

    /// <summary>
    /// Waits until the sign-in page is gone. WaitForURLAsync would also wait for the load event and can miss it.
    /// </summary>
    public static Task SignedInAsync(IPage page) =>
        Expect(page).Not.ToHaveURLAsync(SignInPage, new() { Timeout = 15_000 });

    /// <param name="within">In milliseconds.</param>
    public Task SignedOutAsync(float within = 15_000) => SignedOutAsync(page, within);

    public static Task SignedOutAsync(IPage page, float within) =>
        Expect(page).ToHaveURLAsync(SignInPage, new() { Timeout = within });

    public async Task OpenAsync(string url)
    {
        await page.GotoAsync(url);
        await LiveAsync();
    }

    public Task LiveAsync() => page.Locator("[data-ready]").WaitForAsync();

    /// <summary>Opens a room as an administrator, with a reason.</summary>
    public async Task SupervisesAsync(long roomId)
    {
        await page.GotoAsync($"/admin/rooms/{roomId}");
        await GiveReasonAsync(page);
    }

    public static async Task GiveReasonAsync(IPage page)
    {
        await SayWhyAsync(page);
        await page.Locator("[data-begun]").WaitForAsync();
    }

    public static async Task OpenWallAsync(IPage page)
    {
        await SayWhyAsync(page);
        await page.Locator(".wall").WaitForAsync();
    }

    private static async Task SayWhyAsync(IPage page)
    {
        await page.Locator("input[value=Fraud]").CheckAsync();
        await page.Locator(".look-form button[type=submit]").ClickAsync();
    }

    public async Task SayAsync(string text)
    {
        await Text.FillAsync(text);
        await Send.ClickAsync();
    }

    public Task SeesAsync(string text) => Log.GetByText(text, new() { Exact = true }).WaitForAsync();

    /// <summary>Goes to the list, which is a page of its own on phones only.</summary>
    public async Task ToListAsync()
    {
        var back = page.GetByRole(AriaRole.Link, new() { Name = "Volver a las conversaciones" });
        if (await back.IsVisibleAsync())
            await back.ClickAsync();
    }

    public async Task PickAsync(long room)
    {
        await ToListAsync();
        await page.Locator($"[data-room='{room}'] a").ClickAsync();
    }

    public async Task ChooseAsync(string conversation, string act)
    {
        await ToListAsync();
        var row = page.GetByRole(AriaRole.Listitem, new() { Name = conversation }).First;
        await page.Locator("[data-live]").WaitForAsync();
        await row.HoverAsync();
        await row.Locator("[data-menu]").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = act, Exact = true }).ClickAsync();
    }

    /// <summary>Allows console errors, for tests that break something.</summary>
    public void ExpectComplaints() => mayComplain = true;

    public async ValueTask DisposeAsync()
    {
        await page.Context.CloseAsync();
        if (!mayComplain)
            Assert.True(complaints.IsEmpty, string.Join('\n', complaints));
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

    public async Task PickDayAsync(DateOnly day)
    {
        var dialog = Page.GetByRole(AriaRole.Dialog);
        var month = dialog.Locator(".mud-picker-calendar-header-transition");
        var name = day.ToString("Y", CultureInfo.GetCultureInfo("es-ES"));
        await month.WaitForAsync();
        while (await month.InnerTextAsync() != name)
        {
            var before = await month.InnerTextAsync();
            await dialog.Locator(".mud-picker-nav-button-prev").ClickAsync();
            await Assertions.Expect(month).Not.ToHaveTextAsync(before);
        }
        await dialog.Locator(".mud-day:not(.mud-hidden)").GetByText($"{day.Day}", new() { Exact = true }).ClickAsync();
    }

    public Task LooksAwayAsync(bool hidden) =>
        Page.EvaluateAsync(
            """
            (hidden) => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            hidden
        );

    /// <summary>The seq of the first visible row and its distance from the top, in units of 4 pixels.</summary>
    public Task<string> PlaceAsync() =>
        Page.EvaluateAsync<string>(
            """
            () => {
              const log = document.querySelector('.log');
              const top = log.getBoundingClientRect().top;
              const row = [...log.querySelectorAll('[data-seq]')].find((one) => one.getBoundingClientRect().bottom > top);
              return `${row.dataset.seq} ${Math.round((row.getBoundingClientRect().top - top) / 4)}`;
            }
            """
        );
}
