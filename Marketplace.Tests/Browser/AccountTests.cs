using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class AccountTests(Site site)
{
    private static readonly string[] OwnPages =
    [
        "Perfil",
        "Privacidad",
        "Correo",
        "Contraseña",
        "Verificación en dos pasos",
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
        await Expect(visit.Page.GetByLabel("Tu nombre")).ToHaveValueAsync("Bruno");
        var ways = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Tu cuenta" });
        var current = ways.Locator("[aria-current=page]");
        await Expect(current).ToHaveTextAsync(new Regex("Perfil"));
        await ways.GetByRole(AriaRole.Link, new() { Name = "Verificación en dos pasos" }).ClickAsync();
        await Expect(current).ToHaveTextAsync(new Regex("Verificación en dos pasos"));
    }

    [BrowserFact]
    public async Task Without_script_one_comes_in_changes_a_name_and_chooses_the_dark()
    {
        await using var visit = await site.VisitAsync(device: options => options.JavaScriptEnabled = false);
        await visit.SignInAsync((await site.App.JoinAsync("Nadia")).Email);
        await visit.Page.GotoAsync("/account/manage/password");
        await Expect(Button(visit, "Mostrar contraseña")).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/account/manage");
        await visit.Page.GetByLabel("Tu nombre").FillAsync("Nadia B.");
        await Button(visit, "Guardar").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nombre guardado.");
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

    [BrowserFact]
    public async Task Key_and_recovery_codes_are_copied_and_kept_and_the_way_in_by_code_leads_back()
    {
        var iris = await site.App.JoinAsync("Iris");
        await using var visit = await site.VisitAsync(iris);
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.GotoAsync("/account/manage/two-factor");
        await Button(visit, "Configurar").ClickAsync();
        await Button(visit, "Copiar").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copiado");
        var key = await CopiedAsync();
        await Expect(visit.Page.Locator("#key"))
            .ToHaveTextAsync(string.Join(' ', key.Chunk(4).Select(four => new string(four))));
        await visit
            .Page.GetByLabel("Código", new() { Exact = true })
            .FillAsync(OneTimeCode.Of(key, DateTimeOffset.UtcNow));
        await Button(visit, "Activar").ClickAsync();
        await Button(visit, "Copiar").ClickAsync();
        var codes = await visit.Page.Locator("#codes li").AllInnerTextsAsync();
        await Expect(visit.Page.Locator("[data-copied] [role=status]")).ToHaveTextAsync("Copiado");
        Assert.Equal(codes, (await CopiedAsync()).Split('\n'));
        var file = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.GetByRole(AriaRole.Link, new() { Name = "Descargar" }).ClickAsync()
        );
        Assert.Equal("codigos-de-recuperacion.txt", file.SuggestedFilename);
        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GotoAsync("/account/login");
        await visit.Page.GetByLabel("Correo electrónico").FillAsync(iris.Email);
        await visit.Page.GetByLabel("Contraseña", new() { Exact = true }).FillAsync(MarketplaceApp.Password);
        await Button(visit, "Entrar").ClickAsync();
        await Way("Usar un código de recuperación").ClickAsync();
        await Expect(Way("Volver a entrar")).ToBeVisibleAsync();
        await Way("Usar la aplicación de autenticación").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/account/login/two-factor"));

        Task<string> CopiedAsync() => visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        ILocator Way(string name) => visit.Page.GetByRole(AriaRole.Link, new() { Name = name });
    }

    [BrowserFact]
    public async Task Who_has_added_a_passkey_enters_with_it_alone_until_it_is_removed()
    {
        // Passkeys belong to a name, not to a number.
        var address = new UriBuilder(site.Address) { Host = "localhost" }.Uri;
        var iris = await site.App.JoinAsync("Iris");
        await using var visit = await site.VisitAsync(iris, at: address);
        await AddAuthenticatorAsync(visit);
        await visit.Page.GotoAsync("/account/manage/passkeys");
        await Button(visit, "Añadir una llave de acceso").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Llave de acceso guardada");

        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GotoAsync("/account/login?ReturnUrl=%2Faccount%2Fmanage%2Fpasskeys");
        await Button(visit, "Usar una llave de acceso").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/account/manage/passkeys$"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Quitar la llave de acceso de" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Llave de acceso quitada");

        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GotoAsync("/account/login");
        await Button(visit, "Usar una llave de acceso").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No ha funcionado con esa llave");
    }

    private static async Task AddAuthenticatorAsync(Visit visit)
    {
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }

    [BrowserFact]
    public async Task Whoever_comes_to_enter_writes_at_once_in_the_first_empty_field()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/account/login");
        await Expect(visit.Page.GetByLabel("Correo electrónico")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("bruno@demo.local");
        await Button(visit, "Entrar").ClickAsync();
        await Expect(visit.Page.GetByLabel("Contraseña", new() { Exact = true })).ToBeFocusedAsync();
        await visit.Page.GotoAsync("/account/register");
        await Expect(visit.Page.GetByLabel("Tu nombre")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_password_that_the_server_would_refuse_is_called_so_while_one_types()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/account/register");
        await visit.Page.GetByLabel("Tu nombre").FillAsync("Begoña Iturbe");
        var password = visit.Page.GetByLabel("Contraseña", new() { Exact = true });
        foreach (
            var (typed, said) in new[]
            {
                ("password1", "de las más usadas"),
                ("contraseña1", "de las más usadas"),
                ("Iturbe2024", "se parece demasiado a tu nombre"),
                ("tres gatos en la cocina", "Buena contraseña."),
            }
        )
        {
            await password.FillAsync(typed);
            await Expect(visit.Page.Locator(".strength [role=status]")).ToContainTextAsync(said);
        }
    }

    [BrowserFact]
    public async Task Only_an_administrator_is_led_to_administration_from_the_account()
    {
        foreach (var (name, count) in new[] { ("carla", 1), ("bruno", 0) })
        {
            await using var visit = await site.VisitAsync(name, Site.Phone);
            await visit.Page.GotoAsync("/account/manage");
            var ways = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Tu cuenta" });
            await Expect(ways.GetByRole(AriaRole.Link, new() { Name = "Administración" })).ToHaveCountAsync(count);
        }
    }

    [BrowserFact]
    public async Task What_is_missing_offers_to_search_and_the_offline_page_speaks_ones_language()
    {
        await using var visit = await site.VisitAsync(device: options => options.Locale = "en-GB");
        visit.ExpectComplaints();
        await visit.Page.GotoAsync("/nothing-here");
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search listings" }).FillAsync("bici");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/\?q=bici"));
        await visit.Page.GotoAsync("/offline.html");
        await Expect(visit.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("No connection");
        await using var spanish = await site.VisitAsync();
        spanish.ExpectComplaints();
        await spanish.Page.GotoAsync("/offline.html");
        await Expect(spanish.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sin conexión");
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
