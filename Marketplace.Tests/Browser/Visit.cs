using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

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
    public Task SignedOutAsync(float within = 15_000) => SignedOutAsync(page, within);

    public static Task SignedOutAsync(IPage page, float within) =>
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

    /// <summary>The browser may complain, as the test breaks something.</summary>
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

    /// <summary>Chooses a day in the open calendar, which shows a month of now or a month later.</summary>
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

    /// <summary>Turns to another tab or window, or back, as the page is told of it.</summary>
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

    /// <summary>The row under the eye and how far it is from the top.</summary>
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
