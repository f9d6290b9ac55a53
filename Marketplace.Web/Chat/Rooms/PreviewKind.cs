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

    /// <summary>What became of the deal; the text is the <see cref="Deals.DealStep.Mark"/> of the step.</summary>
    Deal,
}
