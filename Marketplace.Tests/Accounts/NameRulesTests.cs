using Marketplace.Web.Accounts;

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
    [InlineData("Вrunо", "bruno")]
    [InlineData("Αnа Μаría", "ana maria")]
    [InlineData("ɪɴɢʀɪᴅ", "ingrid")]
    public void Letters_that_look_alike_are_one(string name, string likeness) =>
        Assert.Equal(likeness, NameRules.LooksLike(name));
}
