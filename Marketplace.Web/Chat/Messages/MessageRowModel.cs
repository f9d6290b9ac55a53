using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Messages;

/// <summary>The state that all rows of a log share.</summary>
/// <param name="Me">0 for a supervisor.</param>
public sealed record MessageScene(long Me, bool IsSupervised, RoomView? Room, MarkupString MenuButton)
{
    public static readonly MessageScene None = new(0, false, null, default);
}

public sealed record MessageRowModel(MessageView Message) : RowModel(Message.Seq)
{
    public bool Mine { get; init; }

    /// <summary>Whether it closely follows another message of the same sender.</summary>
    public bool Joined { get; init; }

    /// <summary>Null for messages of others.</summary>
    public Receipt? Receipt { get; init; }

    public ListingCardView? Card { get; init; }

    /// <summary>For supervisors only.</summary>
    public IReadOnlyList<string>? Earlier { get; init; }

    /// <summary>The words to mark, if a search led to this message.</summary>
    public IReadOnlyCollection<SearchWord>? SearchWords { get; init; }
}
