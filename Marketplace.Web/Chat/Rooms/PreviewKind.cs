namespace Marketplace.Web.Chat.Rooms;

/// <summary>What a list row says of a room's newest message where there is no text to show. Stored as a number: append only.</summary>
public enum PreviewKind
{
    Text,
    Pictures,
    Deleted,
    Reserved,
    SoldHere,
    SoldElsewhere,
    Released,
}
