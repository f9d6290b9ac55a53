using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Messages;

/// <param name="Me">0 for a supervisor.</param>
public sealed record MessageScene(
    long Me,
    bool IsSupervised,
    RoomView? Room,
    MarkupString MenuButton,
    MarkupString WrongButton,
    Func<HouseRule, string> RuleText
)
{
    public static readonly MessageScene None = new(0, false, null, default, default, rule => $"{rule}");
}

public sealed record MessageRowModel(MessageView Message) : RowModel(Message.Seq)
{
    public bool Mine { get; init; }

    public bool Joined { get; init; }

    /// <summary>Null for messages of others.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>What to beware of, in a message of the other person.</summary>
    public string? Caution { get; init; }

    public ListingCardView? Card { get; init; }

    public IReadOnlyList<string>? Earlier { get; init; }

    public IReadOnlyCollection<SearchWord>? SearchWords { get; init; }
}
