namespace Marketplace.Web.Shared;

public sealed class SharedTexts;
