namespace Marketplace.Web.Accounts;

public sealed class AccountTexts;
