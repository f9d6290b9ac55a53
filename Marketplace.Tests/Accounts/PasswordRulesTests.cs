using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

public sealed class PasswordRulesTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData("password", "PasswordCommon")]
    [InlineData("PassWord", "PasswordCommon")]
    [InlineData("12345678", "PasswordCommon")]
    [InlineData("qwertyuiop", "PasswordCommon")]
    [InlineData("iloveyou", "PasswordCommon")]
    [InlineData("contraseña", "PasswordCommon")]
    [InlineData("Contrasena123", "PasswordCommon")]
    [InlineData("  password  ", "PasswordCommon")]
    [InlineData("        ", "PasswordCommon")]
    [InlineData("aaaaaaaa", "PasswordCommon")]
    [InlineData("98765432", "PasswordCommon")]
    [InlineData("abcdefgh", "PasswordCommon")]
    [InlineData("ghjklñlk", "PasswordCommon")]
    [InlineData("Qwertyuiop1234567890", "PasswordCommon")]
    [InlineData("jajajajaja", "PasswordCommon")]
    [InlineData("gatogatogato", "PasswordCommon")]
    [InlineData("😀😀😀😀", "PasswordCommon")]
    [InlineData("Marketplace1", "PasswordPersonal")]
    [InlineData("exampleorg", "PasswordPersonal")]
    [InlineData("Example.org1", "PasswordPersonal")]
    [InlineData("begoña.iturbe", "PasswordPersonal")]
    [InlineData("Iturbe2024", "PasswordPersonal")]
    [InlineData("bego.itu@example.org", "PasswordPersonal")]
    [InlineData("BEGOÑA-1", "PasswordPersonal")]
    [InlineData("corto1!", "PasswordTooShort")]
    public async Task What_is_guessed_first_is_refused(string password, string code) =>
        Assert.Contains(code, await RefusedAsync(password));

    [Theory]
    [InlineData("caballo correcto pila grapa")]
    [InlineData("begoña quiere una bici azul")]
    [InlineData("mi contraseña de gatos")]
    [InlineData("ñandú🦤verde")]
    [InlineData("zxvq-jkww")]
    [InlineData("xxooxoxo")]
    public async Task What_is_long_and_of_ones_own_is_taken_whatever_it_is_made_of(string password) =>
        Assert.Empty(await RefusedAsync(password));

    [Fact]
    public async Task A_password_of_128_characters_is_taken_and_no_longer_one()
    {
        var longest = string.Concat(Enumerable.Range(0, PasswordRules.MaxLength).Select(i => (char)('a' + i * 7 % 26)));
        Assert.Empty(await RefusedAsync(longest));
        Assert.Equal(["PasswordTooLong"], await RefusedAsync(longest + "x"));
    }

    private async Task<IEnumerable<string>> RefusedAsync(string password)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = new User { DisplayName = "Begoña Iturbe", Email = "bego.itu@example.org" };
        var errors = new List<string>();
        foreach (var validator in accounts.PasswordValidators)
            errors.AddRange(
                (await validator.ValidateAsync(accounts, user, password)).Errors.Select(error => error.Code)
            );
        return errors;
    }
}
