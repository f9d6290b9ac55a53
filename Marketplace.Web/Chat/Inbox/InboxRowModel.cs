using Marketplace.Web.Chat.Messages;

namespace Marketplace.Web.Chat.Inbox;

public sealed record InboxRowModel(InboxRowView Row) : RowModel(Row.RoomId)
{
    public bool Selected { get; init; }

    public DateOnly Today { get; init; }

    public bool Muted { get; init; }

    public bool Online { get; init; }

    public bool Unsent { get; init; }

    /// <summary>Whether it is selected; null outside selection mode.</summary>
    public bool? Chosen { get; init; }
}
