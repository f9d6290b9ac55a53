using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Accounts;

public sealed class FormTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task What_is_missing_is_said_at_its_field()
    {
        using var visitor = SiteClient.Visitor(app);
        var page = await SendAsync(visitor, "/account/login", new() { ["_handler"] = "login" });
        Assert.Equal("Escribe tu correo electrónico.", Notes(page, "Form-Email"));
        Assert.Equal("Escribe la contraseña.", Notes(page, "Form-Password"));
    }

    [Fact]
    public async Task An_address_that_is_taken_and_a_password_that_is_too_short_are_said_at_their_fields()
    {
        var ana = await app.JoinAsync("Ana");
        using var visitor = SiteClient.Visitor(app);
        var page = await RegisterAsync(visitor, ana.Email, MarketplaceApp.Password);
        Assert.Equal("Ya hay una cuenta con este correo. Entra con ella o usa otro.", Notes(page, "Form-Email"));
        page = await RegisterAsync(visitor, "new@test.local", "corta");
        Assert.StartsWith("La contraseña debe tener al menos 8 caracteres.", Notes(page, "Form-Password"));
        Assert.EndsWith("Al menos 8 caracteres.", Notes(page, "Form-Password"));
        Assert.DoesNotContain("corta", page.InnerHtml);
    }

    [Theory]
    [InlineData("an\u200ba@ejemplo.es")]
    [InlineData("аna@ejemplo.es")]
    [InlineData("ana@ejеmplo.es")]
    [InlineData("ana\u202e@ejemplo.es")]
    public async Task An_address_with_letters_that_nobody_tells_apart_is_refused(string email)
    {
        using var visitor = SiteClient.Visitor(app);
        var page = await RegisterAsync(visitor, email, "Clave-7788-larga");
        Assert.StartsWith("Escribe una dirección de correo válida", Notes(page, "Form-Email"));
    }

    [Fact]
    public async Task A_name_that_others_would_take_for_somebody_elses_is_refused_at_its_field()
    {
        await app.JoinAsync("Brígida");
        var soporte = "Ese nombre se reserva para el sitio y sus servicios. Elige otro.";
        var looks = "Ese nombre se confunde con el de otra persona. Escríbelo con letras de un solo alfabeto.";
        using var visitor = SiteClient.Visitor(app);
        Assert.Equal(
            soporte,
            Notes(await RegisterAsync(visitor, "x@test.local", "Clave-1234", "Ѕoporte"), "Form-DisplayName")
        );
        Assert.Equal(
            looks,
            Notes(await RegisterAsync(visitor, "x@test.local", "Clave-1234", "Вrіgidа"), "Form-DisplayName")
        );

        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ona"));
        Assert.StartsWith(looks, Notes(await RenameAsync(hers, "ВRIGIDA"), "Form-DisplayName"));
        // The same name in the same letters is allowed.
        Assert.Empty((await RenameAsync(hers, "Brigida")).QuerySelectorAll("[aria-invalid]"));

        static Task<IElement> RenameAsync(HttpClient client, string name) =>
            SendAsync(
                client,
                "/account/manage/profile",
                new() { ["_handler"] = "profile", ["Form.DisplayName"] = name }
            );
    }

    [Fact]
    public async Task A_current_password_that_is_wrong_is_said_at_its_field_and_the_new_one_keeps_its_hint()
    {
        using var browser = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        var page = await SendAsync(
            browser,
            "/account/manage/password",
            new()
            {
                ["_handler"] = "password",
                ["Form.Current"] = "No-es-esta",
                ["Form.New"] = "Nueva-1234",
            }
        );
        Assert.Equal("La contraseña actual no es correcta.", Notes(page, "Form-Current"));
        var next = page.QuerySelector("#Form-New")!;
        Assert.False(next.HasAttribute("aria-invalid"));
        Assert.Equal(
            "Al menos 8 caracteres.",
            page.QuerySelector($"#{next.GetAttribute("aria-describedby")}")?.TextContent.Trim()
        );
    }

    [Fact]
    public async Task A_passkey_that_is_none_is_refused_with_a_sentence_however_long_it_is()
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        foreach (var length in new[] { 0, 200_000 })
        {
            var added = await SendAsync(hers, "/account/manage/passkeys", Passkey("add-passkey", length));
            Assert.Contains("No ha funcionado con esa llave", added.QuerySelector("[role=alert]")!.TextContent);
            using var visitor = SiteClient.Visitor(app);
            var entered = await SendAsync(visitor, "/account/login", Passkey("passkey", length));
            Assert.Contains("No ha funcionado con esa llave", entered.QuerySelector("[role=alert]")!.TextContent);
        }
    }

    private static Dictionary<string, string> Passkey(string handler, int length) =>
        new() { ["_handler"] = handler, ["Form.Credential"] = new string('x', length) };

    [Fact]
    public async Task Whoever_gives_a_wrong_password_reads_no_word_on_which_of_both_it_was()
    {
        var ana = await app.JoinAsync("Ana");
        using var visitor = SiteClient.Visitor(app);
        foreach (var email in new[] { ana.Email, "nobody@test.local" })
        {
            var page = await SendAsync(
                visitor,
                "/account/login",
                new()
                {
                    ["_handler"] = "login",
                    ["Form.Email"] = email,
                    ["Form.Password"] = "No-es-esta",
                }
            );
            var problem = page.QuerySelector("[role=alert]")!.TextContent;
            Assert.Equal("El correo o la contraseña no son correctos.", problem);
            Assert.Null(page.QuerySelector("[aria-invalid]"));
        }
    }

    private static Task<IElement> RegisterAsync(
        HttpClient visitor,
        string email,
        string password,
        string name = "Ana"
    ) =>
        SendAsync(
            visitor,
            "/account/register",
            new()
            {
                ["_handler"] = "register",
                ["Form.DisplayName"] = name,
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );

    private static async Task<IElement> SendAsync(HttpClient client, string page, Dictionary<string, string> fields)
    {
        var answer = await client.SubmitAsync(page, fields);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).DocumentElement;
    }

    /// <summary>Returns the description of a field, which must be marked as invalid.</summary>
    private static string? Notes(IElement page, string field)
    {
        var input = page.QuerySelector($"#{field}")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        return page.QuerySelector($"#{input.GetAttribute("aria-describedby")}")?.TextContent.Trim();
    }
}
