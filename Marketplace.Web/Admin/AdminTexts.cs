namespace Marketplace.Web.Admin;

public sealed class AdminTexts;
