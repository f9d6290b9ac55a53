namespace Marketplace.Web.Notifications;

/// <summary>Names the resource files of this folder.</summary>
public sealed class NotificationTexts;
