namespace Marketplace.Web.Chat.Rooms;

/// <summary>Why a room takes no new messages. Kept with the room, so that no message has to ask for blocks.</summary>
[Flags]
public enum RoomRestrictions
{
    None = 0,
    BlockedByBuyer = 1,
    BlockedBySeller = 2,

    /// <summary>Closed by the administration.</summary>
    Locked = 4,
}

/// <summary>What a member does in a room that the other notices.</summary>
public enum RoomAct
{
    Write,

    /// <summary>Corrects a message, or reacts to one.</summary>
    Change,

    /// <summary>Deletes a message, or takes back a reaction.</summary>
    Retract,

    /// <summary>Reserves for the other, or sells to them.</summary>
    Settle,
}

public static class RoomRules
{
    private const RoomRestrictions Blocked = RoomRestrictions.BlockedByBuyer | RoomRestrictions.BlockedBySeller;

    /// <summary>Why a member may not do this, as a text key; null if they may. The sentence never says who wants it
    /// so.</summary>
    public static string? Problem(RoomAct act, RoomRestrictions restrictions, bool isOtherClosed = false) =>
        (act, restrictions) switch
        {
            (RoomAct.Retract, _) => null,
            (RoomAct.Write, RoomRestrictions.None) => isOtherClosed ? "Message.AccountClosed" : null,
            (_, RoomRestrictions.None) => null,
            _ when restrictions.HasFlag(RoomRestrictions.Locked) => "Room.Locked",
            (RoomAct.Settle, _) => "Deal.Restricted",
            _ => "Room.Restricted",
        };

    /// <summary>Whether one of the two blocks the other: then neither sees the other's presence or receipts.</summary>
    public static bool IsBlocked(this RoomRestrictions restrictions) => (restrictions & Blocked) != 0;

    public static bool IsBlockedBy(this RoomRestrictions restrictions, bool buyer) =>
        restrictions.HasFlag(buyer ? RoomRestrictions.BlockedByBuyer : RoomRestrictions.BlockedBySeller);
}
