using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class DraftTests(Site site)
{
    [BrowserFact]
    public async Task A_draft_that_was_cleared_stays_so_for_who_leaves_at_once()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.Teo.Get<MembershipService>().KeepDraftAsync(talk.RoomId, "Ya no lo quiero");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await Expect(teo.Text).ToHaveValueAsync("Ya no lo quiero");
        await teo.Text.FillAsync("");
        await teo.Page.GotoAsync("/");
        await teo.OpenAsync(talk.Url);
        await Expect(teo.Text).ToHaveValueAsync("");
        await Eventually.TrueAsync(
            async () => await talk.Teo.Get<MembershipService>().DraftAsync(talk.RoomId) is null,
            "nor does another device find it"
        );
    }

    [BrowserFact]
    public async Task What_is_typed_right_after_a_message_that_the_server_does_not_answer_is_kept()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        var isFrozen = false;
        await teo.Page.RouteWebSocketAsync(
            "**/_blazor**",
            line =>
            {
                var server = line.ConnectToServer();
                line.OnMessage(frame =>
                {
                    if (isFrozen)
                        return;
                    if (frame.Binary is { Length: > 0 } bytes)
                        server.Send(bytes);
                    else
                        server.Send(frame.Text!);
                });
            }
        );
        await teo.OpenAsync(talk.Url);
        teo.ExpectComplaints();
        isFrozen = true;
        await teo.SayAsync("¿Sigue a la venta?");
        await teo.Text.FillAsync("Podría ir hoy");
        await teo.Page.WaitForFunctionAsync(
            "() => Object.values(localStorage).some((kept) => kept.includes('\"text\":\"Podría ir hoy\"'))"
        );
        var again = new Visit(await teo.Page.Context.NewPageAsync());
        await teo.Page.CloseAsync();
        await again.OpenAsync(talk.Url);
        await Expect(again.Text).ToHaveValueAsync("Podría ir hoy");
        await again.SeesAsync("¿Sigue a la venta?");
    }

    [BrowserFact]
    public async Task Letters_that_are_typed_while_the_page_moves_to_another_node_stay_in_order()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        // The worker's requests could not be held up.
        await using var teo = await site.VisitAsync(
            talk.Teo,
            device => device.ServiceWorkers = ServiceWorkerPolicy.Block
        );
        await teo.OpenAsync(talk.Url);
        var (isAsked, isHeld) = (new TaskCompletionSource(), new TaskCompletionSource());
        await teo.Page.RouteAsync(
            $"**{talk.Url}",
            async route =>
            {
                isAsked.TrySetResult();
                await isHeld.Task;
                await route.ContinueAsync();
            }
        );
        var typed = 0;
        // Each letter is greater than the one before.
        Task TypeAsync() => teo.Page.Keyboard.TypeAsync($"{(char)('Ā' + typed++)}");
        await teo.Text.FocusAsync();
        for (var i = 0; i < 10; i++)
            await TypeAsync();
        await teo.Page.EvaluateAsync("() => { window.before = true; Blazor.leave(0); }");
        await isAsked.Task.InTimeAsync("the page leaves");
        for (var i = 0; i < 10; i++)
            await TypeAsync();
        isHeld.SetResult();
        while (!await IsLiveAsync(teo))
            await TypeAsync();
        await TypeAsync();
        var text = await teo.Text.InputValueAsync();
        Assert.Equal(string.Concat(text.Order()), text);
        Assert.True(text.Length > 20, "letters of the old page and of the new one");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => (char)('Ā' + i))), text[..20]);
    }

    // The old page may go while it is asked.
    private static async Task<bool> IsLiveAsync(Visit visit)
    {
        try
        {
            return await visit.Page.EvaluateAsync<bool>(
                "() => !window.before && document.querySelector('[data-ready]') !== null"
            );
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    [BrowserFact]
    public async Task Two_tabs_of_a_room_keep_what_each_has_begun_and_drop_what_was_sent()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await teo.Text.FillAsync("¿Lo reservas?");
        await KeptAsync("¿Lo reservas?");
        var second = new Visit(await teo.Page.Context.NewPageAsync());
        await second.OpenAsync(talk.Url);
        await Expect(second.Text).ToHaveValueAsync("¿Lo reservas?");
        await teo.Send.ClickAsync();
        await second.SeesAsync("¿Lo reservas?");
        await Expect(second.Text).ToHaveValueAsync("");

        await teo.Text.FillAsync("En una pestaña");
        await KeptAsync("En una pestaña");
        await second.Text.FillAsync("En la otra");
        await KeptAsync("En la otra");
        // The tab that has just shared its draft goes first: a message to a page that is leaving logs an error.
        await second.OpenAsync(talk.Url);
        await teo.OpenAsync(talk.Url);
        await Expect(teo.Text).ToHaveValueAsync("En una pestaña");
        await Expect(second.Text).ToHaveValueAsync("En la otra");
        // The newest draft stays when the other tab sends its own.
        await second.Text.PressSequentiallyAsync("!");
        await KeptAsync("En la otra!");
        await teo.Send.ClickAsync();
        await second.SeesAsync("En una pestaña");
        await Expect(second.Text).ToHaveValueAsync("En la otra!");
        Assert.Equal("En la otra!", await talk.Teo.Get<MembershipService>().DraftAsync(talk.RoomId));

        Task KeptAsync(string text) =>
            Eventually.TrueAsync(
                async () => await talk.Teo.Get<MembershipService>().DraftAsync(talk.RoomId) == text,
                "the newest is kept"
            );
    }

    [BrowserFact]
    public async Task What_is_too_long_is_said_at_once_and_costs_no_connection()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        var problem = teo.Page.Locator(".composer-problem");
        foreach (var (letter, count, said) in new[] { ('a', 50_000, "50.000"), ('日', 12_000, "12.000") })
        {
            await teo.Text.FillAsync(new string(letter, count));
            await Expect(problem).ToContainTextAsync($"{said} / 4.000");
            await teo.Text.BlurAsync();
            await talk.Rosa.SaysAsync(talk.RoomId, $"¿Y bien, {said}?");
            await teo.SeesAsync($"¿Y bien, {said}?");
            await teo.Text.FillAsync("Corto");
            await Expect(problem).ToBeHiddenAsync();
        }
        await teo.Send.ClickAsync();
        await teo.SeesAsync("Corto");
        await Expect(teo.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Whose_clock_is_wrong_still_corrects_what_was_just_said()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.Page.AddInitScriptAsync("{ const { now } = Date; Date.now = () => now() + 20 * 60_000; }");
        await teo.OpenAsync(talk.Url);
        await teo.SayAsync("Mañna");
        await teo.SeesAsync("Mañna");
        await teo.Row("Mañna").HoverAsync();
        await teo.Row("Mañna").Locator("[data-menu]").ClickAsync();
        await teo.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Editar" }).ClickAsync();
        await teo.Text.FillAsync("Mañana");
        await teo.Send.ClickAsync();
        await teo.SeesAsync("Mañana");
    }
}
