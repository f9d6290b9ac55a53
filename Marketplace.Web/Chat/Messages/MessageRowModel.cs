using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What the rows of a log share: who reads, and the room.</summary>
/// <param name="Me">The reader; 0 for none of the two.</param>
/// <param name="Room">Null until it is read.</param>
/// <param name="MenuButton">What opens the menu of the log; nothing where it has none.</param>
public sealed record MessageScene(long Me, bool IsSupervised, RoomView? Room, MarkupString MenuButton)
{
    public static readonly MessageScene None = new(0, false, null, default);
}

/// <summary>What a row of the log shows: its message, and what others make of it.</summary>
public sealed record MessageRowModel(MessageView Message) : RowModel(Message.Seq)
{
    public bool Mine { get; init; }

    /// <summary>Whether it follows another of the same sender closely.</summary>
    public bool Joined { get; init; }

    /// <summary>How far one's own message has come; null for those of others.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>A listing of this site that the message links to.</summary>
    public ListingCardView? Card { get; init; }

    /// <summary>What the message said before, for who supervises.</summary>
    public IReadOnlyList<string>? Earlier { get; init; }

    /// <summary>The folded words to mark, where a search led to this message.</summary>
    public IReadOnlyCollection<SearchWord>? SearchWords { get; init; }
}
