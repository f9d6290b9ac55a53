using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class SessionTests(Site site)
{
    [BrowserFact]
    public async Task A_session_that_ends_while_typing_keeps_the_text()
    {
        await using var lucia = await site.VisitAsync("lucia");
        await lucia.Page.GotoAsync("/messages");
        await lucia.Conversations.First.GetByRole(AriaRole.Link).ClickAsync();
        await lucia.LiveAsync();
        await lucia.Text.PressSequentiallyAsync("Estaba escribiendo esto");
        await using (var scope = site.App.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            await accounts.UpdateSecurityStampAsync((await accounts.FindByEmailAsync("lucia@demo.local"))!);
        }
        await lucia.SignedOutAsync();
        await lucia.FillInAsync("lucia@demo.local");
        await lucia.LiveAsync();
        Assert.Equal("Estaba escribiendo esto", await lucia.Text.InputValueAsync());
    }

    [BrowserFact]
    public async Task Whoever_loses_the_role_stops_seeing_the_open_room()
    {
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var joan = (await accounts.FindByEmailAsync("joan@demo.local"))!;
        await accounts.SetRoleAsync(joan, Roles.Administrator, granted: true);
        await using var page = await site.VisitAsync("joan");
        await page.SupervisesAsync(1);
        var list = await page.Page.Context.NewPageAsync();
        await list.GotoAsync("/admin/rooms");
        await list.Locator(".admin-grid a").First.WaitForAsync();
        await accounts.SetRoleAsync(joan, Roles.Administrator, granted: false);
        await page.SignedOutAsync(within: 3_000);
        await Visit.SignedOutAsync(list, within: 3_000);
    }

    [BrowserFact]
    public async Task Whoever_loses_the_role_of_auditor_stops_seeing_the_open_record()
    {
        var vera = await site.App.JoinAsync("Vera", auditor: true);
        await using var page = await site.VisitAsync(vera);
        await page.Page.GotoAsync("/admin/audit");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Registro" }).WaitForAsync();
        await page.Page.Locator(".admin-grid, .empty").First.WaitForAsync();
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        await accounts.SetRoleAsync((await accounts.FindByIdAsync($"{vera.Id}"))!, Roles.Auditor, granted: false);
        await page.SignedOutAsync(within: 3_000);
    }

    [BrowserFact]
    public async Task Whoever_is_suspended_at_an_open_page_reads_why_it_went_away()
    {
        var carla = await site.App.JoinAsync("Carla", administrator: true);
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await carla.People.ActAsync(talk.Teo.Id, AuditAction.PersonSuspended, "Prueba");
        await teo.SignedOutAsync();
        await teo.Page.GetByText("Tu cuenta está suspendida").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_connection_without_the_session_posts_nothing_through_its_circuit()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var link = new Link(site.Address);
        await using var teo = await site.VisitAsync(talk.Teo);
        teo.ExpectComplaints();
        await teo.OpenAsync(new Uri(link.Address, talk.Url).ToString());
        link.Cut();
        await teo.Page.GetByText("Reconectando").WaitForAsync();
        // Sent once the circuit is back, by a connection that knows its secret but has no cookie.
        await teo.SayAsync("En nombre de Teo");
        await teo.Page.Context.ClearCookiesAsync();
        link.Mend();
        await teo.SignedOutAsync();
        await using (var db = site.App.Look())
            Assert.False(await db.Messages.AnyAsync(message => message.Body == "En nombre de Teo"));
    }

    [BrowserFact]
    public async Task Signing_out_in_one_window_ends_the_other_at_once()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        var other = await teo.Page.Context.NewPageAsync();
        await other.GotoAsync("/account/manage");
        await other.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión" }).First.ClickAsync();
        await teo.SignedOutAsync(within: 3_000);
    }

    [BrowserFact]
    public async Task Signing_out_leaves_nothing_private_in_the_browser()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await teo.Text.FillAsync("Empezado");
        await teo.Page.WaitForFunctionAsync(
            "() => Object.keys(localStorage).some((name) => name.startsWith('draft:'))"
        );
        await teo.Page.EvaluateAsync("() => caches.open('tray').then((shelf) => shelf.put('/x', new Response('x')))");
        await teo.Page.GotoAsync("/account/manage");
        await teo.Page.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión" }).First.ClickAsync();
        await teo.Page.GetByRole(AriaRole.Link, new() { Name = "Entrar" }).WaitForAsync();
        var left = await teo.Page.EvaluateAsync<string[]>(
            "async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys()).filter((name) => !name.startsWith('offline'))]"
        );
        Assert.Empty(left);
    }

    [BrowserFact]
    public async Task Whoever_has_unsent_messages_is_asked_before_signing_out()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.Page.GotoAsync("/account/manage");
        await teo.Page.EvaluateAsync(
            "(me) => localStorage.setItem(`outbox:${me}:1:x`, JSON.stringify({ id: 'x', text: 'Espera', at: 1, refused: 'No' }))",
            talk.Teo.Id
        );
        var leave = teo.Page.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión", Exact = true }).First;
        await leave.ClickAsync();
        var question = teo.Page.GetByRole(AriaRole.Dialog, new() { Name = "Tienes mensajes sin enviar" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Seguir aquí" }).ClickAsync();
        await Assertions.Expect(question).ToBeHiddenAsync();
        await leave.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión y perderlos" }).ClickAsync();
        await teo.Page.GetByRole(AriaRole.Link, new() { Name = "Entrar" }).WaitForAsync();
        Assert.Empty(await teo.Page.EvaluateAsync<string[]>("() => Object.keys(localStorage)"));
    }
}
