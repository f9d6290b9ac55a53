using System.Globalization;
using Marketplace.Web.Accounts;

namespace Marketplace.Tests.Accounts;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("ana@example.org")]
    [InlineData("ana+tienda@example.org")]
    [InlineData("o'hara@example.org")]
    [InlineData("begoña@example.org")]
    [InlineData("ana@piñata.example")]
    [InlineData("ana@xn--piata-pta.example")]
    [InlineData("иван@пример.рф")]
    [InlineData("राम@उदाहरण.भारत")]
    [InlineData("佐藤@例え.jp")]
    public void Most_addresses_are_good(string email) => Assert.True(AddressRules.IsGood(email));

    [Theory]
    [InlineData("")]
    [InlineData("ana")]
    [InlineData("ana@")]
    [InlineData("ana@[127.0.0.1]")]
    [InlineData("ana@-example.org")]
    [InlineData("ana@example-.org")]
    [InlineData("ana@example.org.")]
    [InlineData("ana@example..org")]
    [InlineData("ana@exa_mple.org")]
    [InlineData("ana@exa\u0338mple.org")]
    [InlineData("a\u0338na@example.org")]
    [InlineData("\u0301ana@example.org")]
    [InlineData("\u0301@example.org")]
    public void An_address_that_gets_no_mail_or_shows_what_it_is_not_is_none(string email) =>
        Assert.False(AddressRules.IsGood(email));

    [Fact]
    public void Letters_of_two_alphabets_are_refused_in_both_forms_of_a_domain()
    {
        var names = new IdnMapping();
        Assert.False(AddressRules.IsGood("ana@ex\u0430mple.org"));
        Assert.False(AddressRules.IsGood($"ana@{names.GetAscii("ex\u0430mple.org")}"));
    }

    [Fact]
    public void Parts_are_as_long_as_mail_allows()
    {
        Assert.True(AddressRules.IsGood($"{new string('a', 64)}@{new string('b', 63)}.org"));
        Assert.False(AddressRules.IsGood($"{new string('a', 65)}@example.org"));
        Assert.False(AddressRules.IsGood($"{new string('ñ', 33)}@example.org"));
        Assert.False(AddressRules.IsGood($"ana@{new string('b', 64)}.org"));
        Assert.False(AddressRules.IsGood($"ana@{new string('ñ', 60)}.org"));
    }
}
