using Marketplace.Web.Accounts;

namespace Marketplace.Web.Chat;

/// <summary>Decides who may receive which events, for pages and hub; publishers check the sender.</summary>
internal static class EventAccess
{
    /// <param name="reader">Null for an administrator, who gets neither receipts, typing nor presence.</param>
    public static bool MayHear(this AccountState? reader, object told) =>
        told switch
        {
            // People who hide receipts or presence do not see those of others; their own screens stay in sync.
            RoomRead read => reader is not null && (read.UserId == reader.Id || !reader.HidesReceipts),
            Typing typing => reader is { HidesPresence: false } && typing.UserId != reader.Id,
            PresenceChanged => reader is { HidesPresence: false },
            _ => true,
        };
}
