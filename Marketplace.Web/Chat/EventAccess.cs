using Marketplace.Web.Accounts;

namespace Marketplace.Web.Chat;

/// <summary>
/// Who may hear of what, for pages and hub alike. Who it comes from is asked where it is published; here it is asked who it
/// goes to.
/// </summary>
internal static class EventAccess
{
    /// <param name="reader">Null for who supervises: they hear what is said, and nothing of how it is read or written.</param>
    public static bool MayHear(this AccountState? reader, object told) =>
        told switch
        {
            // Who keeps receipts or presence private does not learn those of others; their own screens follow each other.
            RoomRead read => reader is not null && (read.UserId == reader.Id || !reader.HidesReceipts),
            Typing typing => reader is { HidesPresence: false } && typing.UserId != reader.Id,
            PresenceChanged => reader is { HidesPresence: false },
            _ => true,
        };
}
