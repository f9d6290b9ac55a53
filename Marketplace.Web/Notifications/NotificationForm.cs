namespace Marketplace.Web.Notifications;

public sealed class NotificationForm
{
    public bool WantsMail { get; set; }
}
