using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>The way in, and the pages of one's own account.</summary>
[Collection(SecondSite.Name)]
public sealed class AccountTests(Site site)
{
    private static readonly string[] OwnPages =
    [
        "Perfil",
        "Privacidad",
        "Correo",
        "Contraseña",
        "Seguridad",
        "Apariencia e idioma",
    ];

    [BrowserFact]
    public async Task A_password_is_shown_and_hidden_by_keyboard_and_sent_hidden()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/account/login");
        var password = visit.Page.GetByLabel("Contraseña", new() { Exact = true });
        await password.FillAsync("Demo-1234");
        await visit.Page.Keyboard.PressAsync("Tab");
        var show = Button(visit, "Mostrar contraseña");
        await Expect(show).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await Expect(Button(visit, "Ocultar contraseña")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await Expect(password).ToHaveAttributeAsync("type", "password");
        await show.ClickAsync();
        // Held back, so that the page stays to be looked at.
        await visit.Page.EvaluateAsync("() => addEventListener('submit', (event) => event.preventDefault())");
        await Button(visit, "Entrar").ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "password");
    }

    [BrowserFact]
    public async Task On_a_phone_the_account_leads_to_each_of_its_pages_and_each_leads_back()
    {
        await using var visit = await site.VisitAsync("bruno", Site.Phone);
        await visit.Page.GotoAsync("/account/manage");
        var ways = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Tu cuenta" });
        foreach (var page in OwnPages)
        {
            await ways.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{page}") }).ClickAsync();
            await Expect(visit.Page.Locator("main .panel")).ToBeVisibleAsync();
            await Expect(ways).ToBeHiddenAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tu cuenta", Exact = true }).ClickAsync();
            await Expect(ways).ToBeVisibleAsync();
        }
        await Expect(ways.GetByRole(AriaRole.Link, new() { Name = "Mis anuncios" })).ToBeVisibleAsync();
        await Expect(ways.GetByRole(AriaRole.Link, new() { Name = "Correo bruno@demo.local" })).ToBeVisibleAsync();
        await ways.GetByRole(AriaRole.Button, new() { Name = "Cerrar sesión" }).ClickAsync();
        await Expect(visit.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Entrar" }))
            .ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task On_a_desk_the_account_shows_the_profile_beside_the_way_to_the_rest()
    {
        await using var visit = await site.VisitAsync("bruno");
        await visit.Page.GotoAsync("/account/manage");
        await Expect(visit.Page.GetByLabel("Nombre visible")).ToHaveValueAsync("Bruno");
        var ways = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Tu cuenta" });
        var current = ways.Locator("[aria-current=page]");
        await Expect(current).ToHaveTextAsync(new Regex("Perfil"));
        await ways.GetByRole(AriaRole.Link, new() { Name = "Seguridad" }).ClickAsync();
        await Expect(current).ToHaveTextAsync(new Regex("Seguridad"));
    }

    [BrowserFact]
    public async Task Without_script_one_comes_in_changes_a_name_and_chooses_the_dark()
    {
        await using var visit = await site.VisitAsync(device: options => options.JavaScriptEnabled = false);
        await visit.SignInAsync((await site.App.JoinAsync("Nadia")).Email);
        await visit.Page.GotoAsync("/account/manage/password");
        await Expect(Button(visit, "Mostrar contraseña")).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/account/manage");
        await visit.Page.GetByLabel("Nombre visible").FillAsync("Nadia B.");
        await Button(visit, "Guardar").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Guardado.");
        await Expect(visit.Page.Locator("main .name").First).ToHaveTextAsync("Nadia B.");
        await visit.Page.GotoAsync("/account/manage/appearance");
        var choices = visit.Page.Locator("main");
        await choices.GetByRole(AriaRole.Button, new() { Name = "Oscura" }).ClickAsync();
        await Expect(Chosen("Oscura")).ToBeVisibleAsync();
        await Expect(Chosen("Español")).ToBeVisibleAsync();
        await Expect(choices.Locator("[aria-pressed=true]")).ToHaveCountAsync(2);
        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));

        ILocator Chosen(string name) => choices.GetByRole(AriaRole.Button, new() { Name = name, Pressed = true });
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
