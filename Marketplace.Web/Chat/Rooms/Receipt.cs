namespace Marketplace.Web.Chat.Rooms;

public enum Receipt
{
    Sent,

    /// <summary>The recipient has had a session open since it was sent.</summary>
    Delivered,

    /// <summary>Shown in a visible window of the recipient.</summary>
    Read,
}
