namespace Marketplace.Web.Layout;

public sealed class LayoutTexts;
