namespace Marketplace.Web.Notifications.Push;

/// <summary>Names the resource files of this folder.</summary>
public sealed class PushTexts;
