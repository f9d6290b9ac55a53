namespace Marketplace.Web.Chat.Rooms;

/// <summary>The kind of a room's newest message in the inbox. Stored as a number: append only.</summary>
public enum PreviewKind
{
    Text,
    Pictures,
    Deleted,
    Reserved,
    SoldHere,
    SoldElsewhere,
    Released,
    Administration,

    /// <summary>By the administration.</summary>
    Hidden,

    /// <summary>All messages were purged.</summary>
    Purged,
}
