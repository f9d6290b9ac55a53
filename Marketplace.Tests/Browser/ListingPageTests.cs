using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Listings;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class ListingPageTests(Site site)
{
    private static readonly string[] Pictures = ["bici-electrica", "bici-electrica-2", "sofa-gris"];

    [BrowserFact]
    public async Task A_title_that_begins_with_a_number_keeps_it_beside_the_unread_ones()
    {
        var talk = await Talk.BeginAsync(site, "(2) Sillas");
        await talk.Teo.SaysAsync(talk.RoomId, "¿Siguen?");
        await using var visitor = await site.VisitAsync();
        await visitor.Page.GotoAsync($"/listings/{talk.ListingId}");
        await Expect(visitor.Page).ToHaveTitleAsync(new Regex(@"^\(2\) Sillas"));
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync($"/listings/{talk.ListingId}");
        await Expect(rosa.Page).ToHaveTitleAsync(new Regex(@"^\(\d+\) \(2\) Sillas"));
        await rosa.Page.GotoAsync("/messages");
        await Expect(rosa.Page).ToHaveTitleAsync(new Regex(@"^\(\d+\) [^(]"));
    }

    [BrowserFact]
    public async Task Photographs_are_turned_and_enlarged_by_keyboard()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/listings/19");
        var row = page.GetByRole(AriaRole.Group, new() { Name = "Fotos" });
        await Expect(page.GetByText("1/2").First).ToBeVisibleAsync();
        await row.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByText("2/2").First).ToBeVisibleAsync();
        var second = page.GetByRole(AriaRole.Link, new() { Name = "Ampliar la foto 2 de 2" });
        await Expect(second).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await second.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var full = page.GetByRole(AriaRole.Dialog, new() { Name = "Fotos" });
        await Expect(full.GetByText("2/2")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(full.GetByText("1/2")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(full).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ampliar la foto 1 de 2" })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task The_late_end_of_an_earlier_scroll_does_not_bring_back_the_photograph_before()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/listings/19");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ampliar la foto 2 de 2" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var full = page.GetByRole(AriaRole.Dialog, new() { Name = "Fotos" });
        await Expect(full.GetByText("2/2")).ToBeVisibleAsync();
        await full.Locator("[data-row]")
            .EvaluateAsync(
                "row => { row.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true })); row.dispatchEvent(new Event('scrollend')); row.closest('dialog').close(); }"
            );
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ampliar la foto 1 de 2" })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_photograph_closed_while_it_still_scrolls_is_returned_to()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/listings/19");
        var second = page.GetByRole(AriaRole.Link, new() { Name = "Ampliar la foto 2 de 2" });
        await second.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var full = page.GetByRole(AriaRole.Dialog, new() { Name = "Fotos" });
        await Expect(full.GetByText("2/2")).ToBeVisibleAsync();
        await full.EvaluateAsync(
            "dialog => { dialog.close(); dialog.querySelector('[data-row]').dispatchEvent(new Event('scrollend')); }"
        );
        await Expect(second).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task On_a_phone_Contactar_is_in_view_wherever_one_reads()
    {
        await using var bruno = await site.VisitAsync("bruno", Site.Phone);
        await bruno.Page.GotoAsync("/listings/19");
        // They already have a room, so the button opens it.
        var contact = bruno.Page.GetByRole(AriaRole.Button, new() { Name = "Abrir conversación", Exact = true });
        await Expect(contact).ToBeInViewportAsync(new() { Ratio = 1 });
        await bruno.Page.GetByText("Frenos revisados").ScrollIntoViewIfNeededAsync();
        await Expect(contact).ToBeInViewportAsync(new() { Ratio = 1 });
        await contact.ClickAsync();
        await bruno.LiveAsync();
    }

    [BrowserFact]
    public async Task A_seller_orders_photographs_by_keyboard_and_the_first_is_the_cover()
    {
        var dora = await site.App.JoinAsync("Dora");
        var listing = await dora.SellsAsync("Mesa de pino");
        await using var visit = await site.VisitAsync(dora);
        var page = visit.Page;
        await page.GotoAsync($"/listings/{listing}/edit");
        await page.Locator("[type=file]")
            .SetInputFilesAsync(
                Pictures.Select(name => Path.Combine(Sources.Root, "Data", "Demo", "pictures", $"{name}.jpg"))
            );
        var photos = page.Locator(".photo-list li");
        await Expect(photos.Locator("input")).ToHaveCountAsync(3);
        var names = await NamesAsync(photos);
        await photos.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Mover antes: Foto 3" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("La foto 3 está ahora en el puesto 2.")).ToHaveCountAsync(1);
        await Expect(photos.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Mover antes: Foto 2" }))
            .ToBeFocusedAsync();
        await photos.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Hacer portada" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(photos.First.GetByText("Portada")).ToBeVisibleAsync();
        await photos.Last.DragToAsync(photos.First);
        await Expect(page.GetByText("La foto 3 es ahora la portada.")).ToHaveCountAsync(1);
        Assert.Equal([names[2], names[1], names[0]], await NamesAsync(photos));
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar cambios" }).ClickAsync();
        await page.GetByText("Cambios guardados").WaitForAsync();
        var stored = (await dora.Listings.FindAsync(listing))!;
        Assert.Equal([names[2], names[1], names[0]], stored.Photos.Select(photo => $"{photo.File}/{photo.Thumbnail}"));
    }

    [BrowserFact]
    public async Task A_form_that_is_sent_empty_comes_back_with_its_first_gap_ready_and_nothing_is_cut_in_silence()
    {
        await using var visit = await site.VisitAsync(await site.App.JoinAsync("Dora"));
        await visit.Page.GotoAsync("/listings/new");
        var publish = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publicar", Exact = true });
        await publish.ClickAsync();
        var title = visit.Page.GetByLabel("Título", new() { Exact = true });
        await Expect(title).ToBeFocusedAsync();
        await title.FillAsync(new string('a', Listing.MaxTitleLength + 5));
        await Expect(visit.Page.GetByText("Sobran 5 caracteres: caben 80.")).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync(new string('a', Listing.MaxTitleLength + 5));
        await publish.ClickAsync();
        await Expect(title).ToBeFocusedAsync();
        await Expect(visit.Page.GetByText("El título debe tener entre 3 y 80 caracteres.")).ToBeVisibleAsync();
        await Expect(title).ToHaveAttributeAsync("aria-invalid", "true");
        await title.FillAsync("Mesa de pino");
        await Expect(visit.Page.GetByText("12 / 80")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("El título debe tener entre 3 y 80 caracteres.")).ToHaveCountAsync(0);
        await Expect(title).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await publish.ClickAsync();
        await Expect(visit.Page.GetByLabel("Precio")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task What_is_corrected_before_the_scripts_arrive_is_wrong_no_longer()
    {
        // The worker's requests could not be held up.
        await using var visit = await site.VisitAsync(
            await site.App.JoinAsync("Dora"),
            device => device.ServiceWorkers = ServiceWorkerPolicy.Block
        );
        var page = visit.Page;
        await page.GotoAsync("/listings/new");
        var isTyped = new TaskCompletionSource();
        await page.RouteAsync(
            "**/app.*js*",
            async route =>
            {
                await isTyped.Task;
                await route.ContinueAsync();
            }
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Publicar", Exact = true }).ClickAsync();
        var title = page.GetByLabel("Título", new() { Exact = true });
        await Expect(title).ToHaveAttributeAsync("aria-invalid", "true");
        await title.FillAsync("Mesa de pino");
        isTyped.SetResult();
        await Expect(title).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByText("El título debe tener entre 3 y 80 caracteres.")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Pon un precio.")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Whoever_withdraws_a_listing_reads_whose_deals_end_with_it()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var iris = await site.App.JoinAsync("Iris");
        var hers = await talk.AsksAsync(iris, "¿Y por 90?");
        foreach (var (person, room, price) in new[] { (iris, hers, 90_00), (talk.Teo, talk.RoomId, 80_00) })
            Assert.True((await person.Get<DealService>().ActAsync(room, Guid.NewGuid(), new Offer(price))).Succeeded);
        Assert.True((await talk.Rosa.Get<DealService>().ActAsync(talk.RoomId, Guid.NewGuid(), new Accept())).Succeeded);
        await using var visit = await site.VisitAsync(talk.Rosa, Site.Phone);
        await visit.Page.GotoAsync($"/listings/{talk.ListingId}?ask=Withdrawn");
        var question = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "¿Retirar «Tándem»?" });
        await Expect(question.GetByRole(AriaRole.Listitem))
            .ToHaveTextAsync([new Regex("Teo: acordado 80"), new Regex("Iris: oferta 90 € en espera")]);
        await question.GetByRole(AriaRole.Button, new() { Name = "Retirar el anuncio" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Status).GetByText("«Tándem» está retirado.").WaitForAsync();
        // Each reads what ended.
        var told = (await talk.Teo.Chat.HistoryAsync(talk.RoomId, new())).Value!;
        Assert.Equal(
            DealStepKind.AgreementGone,
            told.Select(message => message.Deal?.Kind).OfType<DealStepKind>().Last()
        );
        Assert.Equal(DealStage.Closed, (await iris.Get<DealService>().FindAsync(hers)).Value!.Stage);
    }

    [BrowserFact]
    public async Task What_was_withdrawn_by_mistake_is_taken_back()
    {
        var dora = await site.App.JoinAsync("Dora");
        await dora.SellsAsync("Mesa de pino");
        await using var visit = await site.VisitAsync(dora);
        var page = visit.Page;
        await page.GotoAsync("/listings/mine");
        await page.GetByRole(AriaRole.Link, new() { Name = "Retirar", Exact = true }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "¿Retirar «Mesa de pino»?" });
        await question.GetByRole(AriaRole.Link, new() { Name = "Cancelar" }).ClickAsync();
        await Expect(question).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Retirar", Exact = true }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Retirar el anuncio" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByText("«Mesa de pino» está retirado.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByText("«Mesa de pino» está a la venta.").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Activos 1" })).ToHaveCountAsync(1);
    }

    private static async Task<string[]> NamesAsync(ILocator photos) =>
        await photos.Locator("input").EvaluateAllAsync<string[]>("inputs => inputs.map((input) => input.value)");

    [BrowserFact]
    public async Task Whoever_sells_chooses_the_buyer_among_those_who_asked()
    {
        var talk = await Talk.BeginAsync(site, "Trineo");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync("/listings/mine");
        await rosa.Page.GetByRole(AriaRole.Link, new() { Name = "Vendido", Exact = true }).ClickAsync();
        var question = rosa.Page.GetByRole(AriaRole.Dialog, new() { Name = "¿A quién se lo has vendido?" });
        await Expect(question.GetByRole(AriaRole.Radio)).ToHaveCountAsync(2);
        await question.GetByRole(AriaRole.Link, new() { Name = "Cancelar" }).ClickAsync();
        await Expect(question).ToBeHiddenAsync();
        await rosa.Page.GetByRole(AriaRole.Link, new() { Name = "Vendido", Exact = true }).ClickAsync();
        var (teo, sell) = (
            question.GetByRole(AriaRole.Radio, new() { Name = "Teo" }),
            question.GetByRole(AriaRole.Button, new() { Name = "Marcar como vendido" })
        );
        await sell.ClickAsync();
        await Expect(question.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Elige a quién.");
        await Expect(teo).ToBeFocusedAsync();
        await teo.CheckAsync();
        await Expect(question.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await sell.ClickAsync();
        await Expect(rosa.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("«Trineo» está vendido.");
        await rosa.OpenAsync(talk.Url);
        await Expect(rosa.Log).ToContainTextAsync("Has marcado el artículo como vendido a Teo");
    }
}
