using Marketplace.Web.Chat.Messages;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>What a row of the list shows: its conversation, and how it stands on this page.</summary>
public sealed record InboxRowModel(InboxRowView Row) : RowModel(Row.RoomId)
{
    /// <summary>Whether it is the open one.</summary>
    public bool Selected { get; init; }

    /// <summary>The reader's calendar day: the time of the last message is shown relative to it.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Whether it is silent now.</summary>
    public bool Muted { get; init; }

    /// <summary>Whether the other is here.</summary>
    public bool Online { get; init; }

    /// <summary>Whether a message of the reader's was refused and stays in the browser.</summary>
    public bool Unsent { get; init; }

    /// <summary>Whether it is among those chosen; null while one does not choose.</summary>
    public bool? Chosen { get; init; }
}
