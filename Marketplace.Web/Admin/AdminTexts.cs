namespace Marketplace.Web.Admin;

/// <summary>Names the resource files of this folder.</summary>
public sealed class AdminTexts;
