namespace Marketplace.Web.Accounts;

/// <summary>Names the resource files of this folder.</summary>
public sealed class AccountTexts;
