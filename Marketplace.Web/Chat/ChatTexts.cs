namespace Marketplace.Web.Chat;

/// <summary>Names the resource files of this folder.</summary>
public sealed class ChatTexts;
