namespace Marketplace.Web.Layout;

/// <summary>Names the resource files of this folder.</summary>
public sealed class LayoutTexts;
