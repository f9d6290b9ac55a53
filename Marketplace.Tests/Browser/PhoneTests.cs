using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>Little space: a phone with an open keyboard, a desktop at 200 % zoom.</summary>
[Collection(SecondSite.Name)]
public sealed class PhoneTests(Site site)
{
    /// <summary>In pixels. The page asks the browser to subtract the keyboard from the window's height.</summary>
    private const int KeyboardHeight = 340;

    [BrowserFact]
    public async Task Under_an_open_keyboard_stands_what_was_said_last_and_what_is_being_written()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 30);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.OpenAsync(talk.Url);
        Assert.Contains(
            "interactive-widget=resizes-content",
            await teo.Page.Locator("meta[name=viewport]").GetAttributeAsync("content"),
            StringComparison.Ordinal
        );
        var width = teo.Page.ViewportSize!.Width;
        await teo.Text.TapAsync();
        await teo.Page.SetViewportSizeAsync(width, 844 - KeyboardHeight);
        await WholeAsync(teo, teo.Row("(30)"), teo.Text, teo.Send);
        await teo.Text.PressSequentiallyAsync("Lo recojo mañana");
        await talk.Rosa.SaysAsync(talk.RoomId, "Sigue");
        await WholeAsync(teo, teo.Row("Sigue"), teo.Text, teo.Send);
        await teo.Send.TapAsync();
        await WholeAsync(teo, teo.Row("Lo recojo mañana"), teo.Text, teo.Send);
        await Expect(teo.Text).ToBeFocusedAsync();
        await teo.Page.SetViewportSizeAsync(width, 844);
        await WholeAsync(teo, teo.Row("Lo recojo mañana"), teo.Text);
    }

    [BrowserFact]
    public async Task At_twice_the_size_list_room_and_composer_are_usable()
    {
        var talk = await Talk.BeginAsync(site, "Tándem con un nombre que no acaba nunca", said: 30);
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, 30);
        await using var rosa = await site.VisitAsync(
            talk.Rosa,
            device => (device.ViewportSize, device.DeviceScaleFactor) = (new() { Width = 640, Height = 400 }, 2)
        );
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        await FitsAsync(rosa);
        await rosa.Conversations.GetByRole(AriaRole.Link).ClickAsync();
        await rosa.LiveAsync();
        await FitsAsync(rosa);
        await Expect(rosa.Row("(30)")).ToBeInViewportAsync();
        await rosa.SayAsync("Sigue");
        await WholeAsync(rosa, rosa.Row("Sigue"), rosa.Text, rosa.Send);
        await rosa.Row("Sigue").HoverAsync();
        await rosa.Row("Sigue").Locator("[data-menu]").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).ClickAsync();
        await rosa.Text.FillAsync("Una\ncarta\nlarga\nde\nmuchas\nlíneas");
        await WholeAsync(rosa, rosa.Text, rosa.Send);
        await Expect(rosa.Row("Sigue")).ToBeInViewportAsync();
        await FitsAsync(rosa);
    }

    private static async Task FitsAsync(Visit visit) =>
        Assert.True(
            await visit.Page.EvaluateAsync<bool>(
                """
                () => [document.documentElement, ...document.querySelectorAll('.chat-list, .log')]
                  .every((element) => element.scrollWidth <= element.clientWidth)
                """
            ),
            "Nothing scrolls sideways."
        );

    private static async Task WholeAsync(Visit visit, params ILocator[] elements)
    {
        foreach (var element in elements)
        {
            await Expect(element).ToBeInViewportAsync(new() { Ratio = 1 });
            await Eventually.TrueAsync(
                () =>
                    element.EvaluateAsync<bool>(
                        """
                        (element) => {
                          const { left, top, width, height } = element.getBoundingClientRect();
                          return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
                        }
                        """
                    ),
                "it can be touched"
            );
        }
    }
}
