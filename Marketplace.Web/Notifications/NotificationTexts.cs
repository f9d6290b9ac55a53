namespace Marketplace.Web.Notifications;

public sealed class NotificationTexts;
