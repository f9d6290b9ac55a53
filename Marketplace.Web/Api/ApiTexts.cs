namespace Marketplace.Web.Api;

/// <summary>Names the resource files of this folder.</summary>
public sealed class ApiTexts;
