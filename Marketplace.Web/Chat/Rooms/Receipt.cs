namespace Marketplace.Web.Chat.Rooms;

/// <summary>How far one's own message has come.</summary>
public enum Receipt
{
    /// <summary>It is stored.</summary>
    Sent,

    /// <summary>The other has, or since then had, a session open.</summary>
    Delivered,

    /// <summary>It stood in a visible window of the other.</summary>
    Read,
}
