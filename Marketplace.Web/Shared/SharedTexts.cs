namespace Marketplace.Web.Shared;

/// <summary>Names the resource files of this folder.</summary>
public sealed class SharedTexts;
