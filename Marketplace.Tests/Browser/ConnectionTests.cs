using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

public sealed class ConnectionTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task What_is_written_in_a_tunnel_arrives_in_order_and_once()
    {
        await using var link = new Link(site.Address);
        await using var bruno = await site.VisitAsync("bruno", Site.Phone, link.Address);
        await using var ana = await site.VisitAsync("ana");
        await ana.OpenAsync("/messages/1");
        await bruno.OpenAsync("/messages/1");
        link.Cut();
        bruno.ExpectComplaints();
        await bruno.Page.GetByText("Reconectando").WaitForAsync();
        for (var i = 1; i <= 4; i++)
            await bruno.SayAsync($"Desde el túnel {i}");
        Assert.Equal(4, await bruno.Page.Locator(".outbox li").CountAsync());
        await bruno.Log.HoverAsync();
        await bruno.Page.EvaluateAsync("() => { document.querySelector('.log').scrollTop -= 200; }");
        await ana.SayAsync("¿Sigues ahí?");
        link.Mend();
        await ana.SeesAsync("Desde el túnel 4");
        await bruno.SeesAsync("¿Sigues ahí?");
        await Assertions.Expect(bruno.Page.Locator(".outbox li")).ToHaveCountAsync(0);
        foreach (var visit in new[] { ana, bruno })
            Assert.Equal(
                ["Desde el túnel 1", "Desde el túnel 2", "Desde el túnel 3", "Desde el túnel 4"],
                await visit.Log.Locator(".body", new() { HasText = "Desde el túnel" }).AllInnerTextsAsync()
            );
    }

    [BrowserFact]
    public async Task What_was_left_to_be_sent_goes_out_from_another_conversation_in_order_and_once()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 0);
        var other = await talk.AsksAsync(talk.Teo, "¿Y este?", await talk.Rosa.SellsAsync("Patinete"));
        await using var link = new Link(site.Address) { Delay = TimeSpan.FromMilliseconds(50) };
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        var said = Enumerable.Range(1, 14).Select(i => $"Deprisa {i}").ToList();
        await teo.Text.EvaluateAsync(Saying, said);
        await teo.PickAsync(other);
        await teo.SeesAsync("¿Y este?");
        await teo.LiveAsync();
        await teo.Page.WaitForFunctionAsync(
            "() => !Object.keys(localStorage).some((name) => name.startsWith('outbox:'))"
        );
        var history = await talk.Rosa.Chat.HistoryAsync(talk.RoomId, new());
        Assert.Equal(said, history.Value!.Select(message => message.Body));
        // The client ids are UUIDs of version 7, which begin with the time (13 characters).
        var times = history.Value!.Select(message => message.ClientId.ToString()[..13]).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [BrowserFact]
    public async Task Who_goes_offline_is_told_at_once_and_until_the_connection_is_back()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.OpenAsync(talk.Url);
        teo.ExpectComplaints();
        await teo.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(teo.Page.GetByText("Reconectando")).ToBeVisibleAsync(new() { Timeout = 1000 });
        await CoversNothingAsync(teo);
        await teo.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(teo.Page.GetByText("Reconectando")).ToBeHiddenAsync();
        await teo.SayAsync("Ya estoy");
        await teo.SeesAsync("Ya estoy");
    }

    [BrowserFact]
    public async Task Without_a_connection_nobody_is_said_to_be_here_and_the_way_back_leads_to_the_list()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.OpenAsync(talk.Url);
        var here = teo.Page.Locator(".room-presence");
        await Assertions.Expect(here).ToHaveTextAsync("en línea");
        teo.ExpectComplaints();
        await teo.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(here).ToBeHiddenAsync();
        await teo.Text.FillAsync("Sin red");
        await teo.Send.ClickAsync();
        await teo.Page.GetByText("esperando conexión…").WaitForAsync();
        await teo.Text.FillAsync("Mejor no");
        await teo.Send.ClickAsync();
        var waiting = teo.Page.Locator("[data-outbox] li");
        await waiting.Last.GetByRole(AriaRole.Button, new() { Name = "Descartar" }).ClickAsync();
        await Assertions.Expect(waiting).ToHaveCountAsync(1);
        await teo.ToListAsync();
        await Assertions.Expect(teo.Conversations.First).ToBeVisibleAsync();
        await teo.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(teo.Page).ToHaveURLAsync(new Regex("/messages$"));
        await Assertions.Expect(teo.Conversations.First).ToContainTextAsync("Sin red");
        await Assertions.Expect(rosa.Log).ToContainTextAsync("Sin red");
        await Assertions.Expect(rosa.Log).Not.ToContainTextAsync("Mejor no");
    }

    [BrowserFact]
    public async Task Without_a_connection_the_address_stays_with_the_conversation_that_is_shown()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var other = await talk.AsksAsync(talk.Teo, "¿Y este?", await talk.Rosa.SellsAsync("Patinete"));
        await using var link = new Link(site.Address);
        // Wide enough for a list beside the room: a phone's room has no link to another one.
        await using var teo = await site.VisitAsync(
            talk.Teo,
            device => device.ViewportSize = new() { Width = 1000, Height = 700 }
        );
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        var row = teo.Page.Locator($"[data-room='{other}'] a");
        teo.ExpectComplaints();
        link.Cut();
        await teo.Page.GetByText("Reconectando").WaitForAsync();
        await row.ClickAsync();
        Assert.EndsWith(talk.Url, teo.Page.Url);
        link.Mend();
        await Assertions.Expect(teo.Page.GetByText("Reconectando")).ToBeHiddenAsync();
        await Assertions.Expect(teo.Log).ToContainTextAsync("¿Sigue a la venta? (1)");

        // Clicked before anybody notices that the line is dead: the address changes before the page.
        link.Delay = TimeSpan.FromMinutes(1);
        await row.ClickAsync();
        await Assertions.Expect(teo.Page).ToHaveURLAsync(new Regex($"/messages/{other}$"), new() { Timeout = 15_000 });
        link.Cut();
        await teo.Page.GetByText("Reconectando").WaitForAsync();
        link.Delay = TimeSpan.Zero;
        link.Mend();
        await teo.SeesAsync("¿Y este?");
    }

    [BrowserFact]
    public async Task Who_goes_offline_over_the_list_or_at_a_desk_has_everything_in_view()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var phone = await site.VisitAsync(talk.Teo, Site.Phone);
        await using var desk = await site.VisitAsync(talk.Teo);
        await phone.Page.GotoAsync("/messages");
        await phone.Page.Locator("[data-live]").WaitForAsync();
        await desk.OpenAsync(talk.Url);
        foreach (var visit in new[] { phone, desk })
        {
            visit.ExpectComplaints();
            await visit.Page.Context.SetOfflineAsync(true);
            await visit.Page.GetByText("Reconectando").WaitForAsync();
            await CoversNothingAsync(visit);
        }
    }

    [BrowserFact]
    public async Task A_new_deployment_brings_the_page_back_to_the_same_place_with_the_same_draft()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-deployment-");
        MarketplaceApp Start() =>
            new()
            {
                Folder = folder,
                KeepsFolder = true,
                Settings = { ["Demo:Seed"] = "true" },
            };
        var first = Start();
        var address = first.ListenOn(0);
        await using var ana = await site.VisitAsync("ana", at: address);
        await ana.OpenAsync("/messages/1");
        await ana.Page.EvaluateAsync("() => { document.querySelector('.log').scrollTop = 0; }");
        await Assertions.Expect(ana.Page.GetByRole(AriaRole.Button, new() { Name = "Ir al final" })).ToBeVisibleAsync();
        var place = await ana.PlaceAsync();
        await ana.Text.PressSequentiallyAsync("A medio escribir");
        await ana.Text.EvaluateAsync("(text) => text.setSelectionRange(1, 1)");
        ana.ExpectComplaints();
        await first.DisposeAsync();
        await ana.Page.EvaluateAsync("() => { window.before = true; }");

        await using var second = Start();
        second.ListenOn(address.Port);
        await ana.Page.WaitForFunctionAsync("() => !window.before && document.querySelector('[data-ready]')");
        Assert.Equal("A medio escribir", await ana.Text.InputValueAsync());
        await Eventually.TrueAsync(async () => await ana.PlaceAsync() == place, "the same row is at the same place");
        await Assertions.Expect(ana.Text).ToBeFocusedAsync();
        await ana.Page.Keyboard.TypeAsync(" solo");
        Assert.Equal("A solo medio escribir", await ana.Text.InputValueAsync());
    }

    [BrowserFact]
    public async Task A_tab_that_was_frozen_shows_what_it_missed()
    {
        await using var ana = await site.VisitAsync("ana");
        await using var bruno = await site.VisitAsync("bruno");
        await ana.OpenAsync("/messages/1");
        await bruno.OpenAsync("/messages/1");
        var devtools = await ana.Page.Context.NewCDPSessionAsync(ana.Page);
        await devtools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        for (var i = 1; i <= 3; i++)
            await bruno.SayAsync($"Mientras dormía {i}");
        await bruno.SeesAsync("Mientras dormía 3");
        await devtools.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        await ana.SeesAsync("Mientras dormía 3");
        Assert.Equal(3, await ana.Log.Locator(".body", new() { HasText = "Mientras dormía" }).CountAsync());
    }

    [BrowserFact]
    public async Task Typing_fast_on_a_slow_line_loses_no_letter()
    {
        await using var link = new Link(site.Address) { Delay = TimeSpan.FromMilliseconds(200) };
        await using var bruno = await site.VisitAsync("bruno", at: link.Address);
        await bruno.OpenAsync("/messages/1");
        const string text = "El veloz murciélago hindú comía feliz cardillo y kiwi";
        await bruno.Text.PressSequentiallyAsync(text, new() { Delay = 15 });
        Assert.Equal(text, await bruno.Text.InputValueAsync());
        await bruno.Page.Keyboard.PressAsync("Enter");
        // In the outbox only until it is stored, which a busy machine may not see.
        await bruno.SeesAsync(text);
    }

    [BrowserFact]
    public async Task Without_a_connection_our_own_page_shows_and_comes_back_by_itself()
    {
        await using var link = new Link(site.Address);
        await using var bruno = await site.VisitAsync("bruno", Site.Phone, link.Address);
        await bruno.OpenAsync("/messages/1");
        await bruno.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        bruno.ExpectComplaints();
        link.Cut();
        await bruno.Page.GotoAsync("/messages/1");
        await bruno.Page.GetByText("Lo que has escrito está guardado").WaitForAsync();
        link.Mend();
        await bruno.LiveAsync();
    }

    // The notice is one line between the bar and the page, and the page ends at the window's edge.
    private static async Task CoversNothingAsync(Visit visit)
    {
        var line = (await visit.Page.Locator(".reconnect").BoundingBoxAsync())!;
        var bar = await visit.Page.Locator(".top:visible").CountAsync() * 60;
        var main = (await visit.Page.Locator("main").BoundingBoxAsync())!;
        Assert.InRange(line.Y, bar, bar + 2);
        Assert.InRange(line.Height, 1, 34);
        Assert.InRange(main.Y, line.Y + line.Height - 0.5, line.Y + line.Height + 0.5);
        var tabs = await visit
            .Page.Locator(".tab-bar:visible")
            .EvaluateAllAsync<double[]>(
                "(bars) => bars.filter((bar) => getComputedStyle(bar).position === 'fixed').map((bar) => bar.offsetHeight)"
            );
        Assert.Equal(visit.Page.ViewportSize!.Height - tabs.Sum(), main.Y + main.Height, 0.5);
        Assert.True(
            await visit.Page.Locator(".reconnect").EvaluateAsync<bool>("(line) => line.scrollWidth <= line.clientWidth")
        );
    }

    private const string Saying = """
        (text, said) => {
          for (const one of said) {
            text.value = one;
            document.querySelector('[data-send]').click();
          }
        }
        """;
}
