using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class AnsweringTests(Site site)
{
    [BrowserFact]
    public async Task The_line_above_the_unread_ones_goes_with_the_answer_and_no_row_jumps()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 60);
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, 30);
        await using var desk = await site.VisitAsync(talk.Rosa);
        await using var phone = await site.VisitAsync(talk.Rosa, Site.Phone);
        // One after the other: reading on the phone would mark the messages as read on the desktop.
        await desk.OpenAsync(talk.Url);
        await phone.OpenAsync(talk.Url);
        foreach (var visit in new[] { desk, phone })
            await Expect(visit.Page.GetByText("Sin leer", new() { Exact = true })).ToBeVisibleAsync();
        var place = await PlaceAsync(desk);
        await phone.SayAsync("Sí, sigue");
        foreach (var visit in new[] { phone, desk })
            await Expect(visit.Page.GetByText("Sin leer", new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(place, await PlaceAsync(desk), 1.0);
        await Expect(phone.Row("Sí, sigue")).ToBeInViewportAsync();

        static async Task<double> PlaceAsync(Visit visit) =>
            (await visit.Log.Locator("[data-seq='35']").BoundingBoxAsync())!.Y;
    }

    [BrowserFact]
    public async Task What_one_is_answering_is_shown_as_it_is_now()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await rosa.Row("(1)").HoverAsync();
        await rosa.Row("(1)").Locator("[data-menu]").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).ClickAsync();
        var answered = rosa.Page.Locator("[data-answering-text]");
        await Expect(answered).ToHaveTextAsync("¿Sigue a la venta? (1)");
        await talk.Teo.Get<MessageService>().EditAsync(talk.RoomId, 1, "¿Sigue disponible?");
        await Expect(answered).ToHaveTextAsync("¿Sigue disponible?");
        await talk.Teo.Get<MessageService>().DeleteAsync(talk.RoomId, 1);
        await Expect(answered).ToHaveTextAsync("Mensaje eliminado");
        await Expect(rosa.Text).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_reaction_says_whose_it_is_and_is_joined_and_left_by_pressing_it()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var abroad = await site.VisitAsync(talk.Rosa, device => device.Locale = "en-GB");
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url), abroad.Page.GotoAsync(talk.Url));
        await talk.Teo.Get<MessageService>().ReactAsync(talk.RoomId, 1, "👍");
        await ReactionAsync(rosa.Page, "👍: Teo", "👍", isOnes: false);
        await ReactionAsync(teo.Page, "👍: tú", "👍", isOnes: true);
        await rosa.Page.Locator(".reaction").ClickAsync();
        await ReactionAsync(rosa.Page, "👍: Teo, tú", "👍2", isOnes: true);
        await ReactionAsync(abroad.Page, "👍: Teo, you", "👍2", isOnes: true);
        var box = (await teo.Page.Locator(".reaction").BoundingBoxAsync())!;
        Assert.InRange(Math.Min(box.Width, box.Height), 44, 60);
        await teo.Page.Locator(".reaction").TapAsync();
        await ReactionAsync(rosa.Page, "👍: tú", "👍", isOnes: true);
        await rosa.Row("(1)").HoverAsync();
        await rosa.Row("(1)").Locator("[data-menu]").HoverAsync();
        foreach (var visit in new[] { rosa, teo })
            Assert.True(await visit.Row("(1)").Locator("time").EvaluateAsync<bool>(Uncovered));
        await rosa.Page.Locator(".reaction").ClickAsync();
        await Expect(teo.Page.Locator(".reaction")).ToHaveCountAsync(0);

        static async Task ReactionAsync(IPage page, string name, string shown, bool isOnes)
        {
            var reaction = page.GetByRole(
                AriaRole.Button,
                new()
                {
                    Name = name,
                    Exact = true,
                    Pressed = isOnes,
                }
            );
            await Expect(reaction).ToHaveTextAsync(shown);
        }
    }

    [BrowserFact]
    public async Task A_draft_that_was_sent_from_one_device_leaves_the_other_but_nothing_written_after_it_does()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var phone = await site.VisitAsync(talk.Teo, Site.Phone);
        await using var desk = await site.VisitAsync(talk.Teo);
        await phone.OpenAsync(talk.Url);
        await WriteAsync("Podría el sábado");
        await desk.OpenAsync(talk.Url);
        await Expect(desk.Text).ToHaveValueAsync("Podría el sábado");
        await phone.Text.PressSequentiallyAsync(" por la tarde");
        await phone.Send.TapAsync();
        await desk.SeesAsync("Podría el sábado por la tarde");
        await Expect(desk.Text).ToHaveValueAsync("");

        await WriteAsync("¿A las seis?");
        await desk.OpenAsync(talk.Url);
        await desk.Text.PressSequentiallyAsync(" ¿O a las siete?");
        await phone.Send.TapAsync();
        await desk.SeesAsync("¿A las seis?");
        await Expect(desk.Text).ToHaveValueAsync("¿A las seis? ¿O a las siete?");
        await KeptAsync("¿A las seis? ¿O a las siete?");
        await phone.SayAsync("Perdona");
        await desk.SeesAsync("Perdona");
        await Expect(desk.Text).ToHaveValueAsync("¿A las seis? ¿O a las siete?");

        async Task WriteAsync(string text)
        {
            await phone.Text.FillAsync(text);
            await KeptAsync(text);
        }

        Task KeptAsync(string text) =>
            Eventually.TrueAsync(
                async () => await talk.Teo.Get<MembershipService>().DraftAsync(talk.RoomId) == text,
                "the draft is kept"
            );
    }

    private const string Uncovered = """
        (time) => {
          const { left, right, top, bottom } = time.getBoundingClientRect();
          return [left + 2, right - 2].every((x) => [top + 2, bottom - 2].every((y) => time.contains(document.elementFromPoint(x, y))));
        }
        """;
}
