using Marketplace.Tests.Support;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class MeetingTests(Site site)
{
    [BrowserFact]
    public async Task Two_people_meet_from_a_listing_and_talk_on_a_phone_and_a_desk()
    {
        await using var ana = await site.VisitAsync("ana");
        await using var bruno = await site.VisitAsync("bruno", Site.Phone);
        await ana.Page.GotoAsync("/messages");
        await ana.Page.WaitForFunctionAsync("() => document.querySelector('[data-unread]')");
        await bruno.Page.GotoAsync("/");
        await bruno.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Buscar" }).FillAsync("mesa comedor");
        await bruno.Page.Keyboard.PressAsync("Enter");
        await bruno.Page.GetByText("Mesa de comedor").First.ClickAsync();
        await bruno.Page.GetByRole(AriaRole.Button, new() { Name = "Contactar" }).ClickAsync();
        await bruno.LiveAsync();

        var question = $"¿Cuánto mide? {Guid.NewGuid():N}";
        await bruno.SayAsync(question);
        await bruno.SeesAsync(question);
        var row = ana.Conversations.Filter(new() { HasText = question[..20] }).First;
        await row.WaitForAsync();
        Assert.StartsWith("Bruno", (await row.InnerTextAsync()).Trim());
        Assert.StartsWith("(", await ana.Page.TitleAsync());
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await ana.LiveAsync();
        await ana.SeesAsync(question);

        var answer = $"160 por 90 👍 {Guid.NewGuid():N}";
        await ana.Text.FillAsync(answer);
        await ana.Page.Keyboard.PressAsync("Enter");
        await bruno.SeesAsync(answer);
        await bruno.Page.ReloadAsync();
        await bruno.SeesAsync(answer);
        Assert.Equal(1, await bruno.Log.GetByText(answer).CountAsync());
    }

    [BrowserFact]
    public async Task Who_presses_Contactar_before_having_an_account_ends_in_the_conversation()
    {
        var seller = await site.App.JoinAsync("Rosa");
        var listing = await seller.SellsAsync("Chirimía");
        await using var visit = await site.VisitAsync(device: Site.Phone);
        await visit.Page.GotoAsync($"/listings/{listing}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Contactar" }).ClickAsync();
        await visit.Page.GetByText("Después te llevamos a la conversación").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Crear cuenta" }).ClickAsync();
        await visit.Page.GetByLabel("Tu nombre").FillAsync("Gonzalo Recién");
        await visit.Page.GetByLabel("Correo electrónico").FillAsync($"gonzalo{Guid.NewGuid():N}@test.local");
        await visit.Page.GetByLabel("Contraseña", new() { Exact = true }).FillAsync(MarketplaceApp.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Crear cuenta" }).ClickAsync();
        await visit.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex(@"/messages/\d+$"));
        await visit.LiveAsync();
        await visit.SayAsync("¿Sigue disponible?");
        // Back leads to the listing or before it, and does not contact again.
        await visit.Page.GoBackAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("/continue", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Who_mistypes_the_password_on_the_way_to_the_conversation_still_comes_back_to_the_listing()
    {
        var listing = await (await site.App.JoinAsync("Rosa")).SellsAsync("Chirimía");
        var teo = await site.App.JoinAsync("Teo");
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync($"/listings/{listing}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Contactar" }).ClickAsync();
        foreach (var password in new[] { "Equivocada-1", MarketplaceApp.Password })
        {
            await visit.Page.GetByLabel("Correo electrónico").FillAsync(teo.Email);
            await visit.Page.GetByLabel("Contraseña", new() { Exact = true }).FillAsync(password);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Entrar", Exact = true }).ClickAsync();
            if (password != MarketplaceApp.Password)
                await visit.Page.GetByText("no son correctos").WaitForAsync();
        }
        await visit.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex(@"/messages/\d+$"));
        await visit.Page.GoBackAsync();
        await visit.Page.WaitForURLAsync(url => url.EndsWith($"/listings/{listing}", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_restart_loses_nothing_and_the_open_page_comes_back_by_itself()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-restart-");
        MarketplaceApp Start() =>
            new()
            {
                Folder = folder,
                KeepsFolder = true,
                Settings = { ["Demo:Seed"] = "true" },
            };
        var first = Start();
        var address = first.ListenOn(0);
        await using var bruno = await site.VisitAsync("bruno", at: address);
        await bruno.OpenAsync("/messages/1");
        await bruno.SayAsync("Antes del reinicio");
        await bruno.SeesAsync("Antes del reinicio");
        bruno.ExpectComplaints();
        await first.DisposeAsync();
        await bruno.SayAsync("Escrito sin servidor");

        await using var second = Start();
        second.ListenOn(address.Port);
        await bruno.SeesAsync("Escrito sin servidor");
        await bruno.SeesAsync("Antes del reinicio");
        Assert.Equal(1, await bruno.Log.GetByText("Escrito sin servidor").CountAsync());
    }

    [BrowserFact]
    public async Task A_double_click_sends_once_and_makes_one_room()
    {
        await using var bruno = await site.VisitAsync("bruno");
        await bruno.Page.GotoAsync("/?q=guitarra");
        await bruno.Page.Locator(".card").First.ClickAsync();
        await bruno.Page.GetByRole(AriaRole.Button, new() { Name = "Contactar" }).DblClickAsync();
        await bruno.LiveAsync();
        await bruno.Text.FillAsync("Una sola vez");
        await bruno.Send.DblClickAsync();
        await bruno.SeesAsync("Una sola vez");
        await bruno.SayAsync("y otra");
        await bruno.SeesAsync("y otra");
        Assert.Equal(1, await bruno.Log.GetByText("Una sola vez").CountAsync());
    }

    [BrowserFact]
    public async Task A_click_before_the_page_lives_opens_the_conversation_all_the_same()
    {
        await using var nuria = await site.VisitAsync("nuria");
        for (var i = 0; i < 3; i++)
        {
            await nuria.Page.GotoAsync("/messages", new() { WaitUntil = WaitUntilState.Commit });
            await nuria.Conversations.First.GetByRole(AriaRole.Link).ClickAsync();
            await nuria.LiveAsync();
        }
    }

    [BrowserFact]
    public async Task Too_long_a_text_stays_in_the_box_with_a_sentence()
    {
        await using var bruno = await site.VisitAsync("bruno");
        await bruno.OpenAsync("/messages/1");
        await bruno.SayAsync(new string('a', 4_001));
        await bruno.Page.GetByRole(AriaRole.Alert).GetByText("4.001 / 4.000 caracteres").WaitForAsync();
        Assert.Equal(4_001, (await bruno.Text.InputValueAsync()).Length);
        await bruno.SayAsync("<img src=x onerror=alert(1)>");
        await bruno.SeesAsync("<img src=x onerror=alert(1)>");
    }

    [BrowserFact]
    public async Task Leaving_a_page_leaves_no_subscriber()
    {
        await using var app = new MarketplaceApp { Settings = { ["Demo:Seed"] = "true" } };
        await using var andrei = await site.VisitAsync("andrei", at: app.ListenOn(0));
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        await andrei.Page.GotoAsync("/messages");
        await Eventually.TrueAsync(() => broadcaster.TopicCount > 0, "the page listens");
        // Before that, the browser does not know its circuit and cannot end it.
        await andrei.Page.WaitForFunctionAsync("() => window.Blazor?.disconnect");
        // Each page of the site hears what its person is told of.
        await andrei.Page.GotoAsync("about:blank");
        await Eventually.TrueAsync(() => broadcaster.TopicCount == 0, "nobody listens any more");
    }

    [BrowserFact]
    public async Task A_seller_publishes_with_a_photograph_and_an_unreadable_one_gets_a_sentence()
    {
        await using var pilar = await site.VisitAsync("pilar", Site.Phone);
        await pilar.Page.GotoAsync("/listings/new");
        var files = pilar.Page.Locator("input[type=file]");
        await files.SetInputFilesAsync(
            new FilePayload
            {
                Name = "rota.jpg",
                MimeType = "image/jpeg",
                Buffer = Pictures.Jpeg[..2_000],
            }
        );
        await pilar.Page.GetByText("No hemos podido leer «rota.jpg»").WaitForAsync();
        await files.SetInputFilesAsync(
            new FilePayload
            {
                Name = "bici.jpg",
                MimeType = "image/jpeg",
                Buffer = Pictures.Jpeg,
            }
        );
        await pilar.Page.Locator(".photo-list img").WaitForAsync();
        await pilar.Page.GetByLabel("Título").FillAsync("Bici de paseo");
        await pilar.Page.GetByLabel("Precio").FillAsync("1.250,50");
        await pilar.Page.GetByLabel("Categoría").SelectOptionAsync("Bikes");
        await pilar.Page.GetByLabel("Lugar").FillAsync("Cádiz");
        await pilar.Page.GetByLabel("Descripción").FillAsync("Como nueva.");
        await pilar.Page.GetByRole(AriaRole.Button, new() { Name = "Publicar" }).ClickAsync();
        await pilar.Page.GetByRole(AriaRole.Heading, new() { Name = "Bici de paseo" }).WaitForAsync();
        Assert.Contains("1.250,50", await pilar.Page.Locator(".amount").InnerTextAsync());
        await pilar.Page.GetByText("Tu anuncio está publicado").WaitForAsync();
        Assert.Equal("1200", await pilar.Page.Locator(".photos img").First.GetAttributeAsync("width"));
    }
}
