using System.Globalization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Accounts;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Soporte")]
    [InlineData("SOPORTE técnico")]
    [InlineData("Soporte Marketplace")]
    [InlineData("S o p o r t e")]
    [InlineData("S0porte")]
    [InlineData("Ѕороrtе")]
    [InlineData("Administración")]
    [InlineData("Аdmіnіѕtrасión")]
    [InlineData("Moderadora")]
    [InlineData("MarketplaceES")]
    [InlineData("B1zum")]
    [InlineData("Correos")]
    [InlineData("Ѕeur")]
    [InlineData("𝐁𝐢𝐳𝐮𝐦")]
    [InlineData("Ｂｉｚｕｍ")]
    [InlineData("Αdmin")]
    [InlineData("Rnarketplace Marketplace")]
    [InlineData("Cuenta eliminada")]
    [InlineData("Сuеntа eliminada 2")]
    [InlineData("DELETED account")]
    public void Nobody_is_called_as_the_site_or_a_service(string name) => Assert.True(NameRules.IsReserved(name));

    [Theory]
    [InlineData("Ana")]
    [InlineData("Adminda Correa")]
    [InlineData("Núria Seurat")]
    [InlineData("Анна")]
    [InlineData("Γιώργος")]
    [InlineData("佐藤健")]
    [InlineData("🌸 Pilar S.")]
    public void Everybody_else_is_called_as_they_like(string name) => Assert.False(NameRules.IsReserved(name));

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Nobody_is_called_as_a_closed_account(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new(language);
        Assert.True(NameRules.IsReserved(PersonName.Of("")));
        CultureInfo.CurrentUICulture = before;
    }

    [Theory]
    [InlineData("\u202eAna")]
    [InlineData("\u200fAna")]
    [InlineData("\u2066Ana\u2069")]
    public void A_name_begins_with_what_shows(string typed) =>
        Assert.Equal("Ana", new NameForm { DisplayName = typed }.DisplayName);

    [Theory]
    [InlineData("Вrunо", "bruno")]
    [InlineData("Αnа Μаría", "ana maria")]
    [InlineData("ɪɴɢʀɪᴅ", "ingrid")]
    public void Letters_that_look_alike_are_one(string name, string likeness) =>
        Assert.Equal(likeness, NameRules.LooksLike(name));
}
