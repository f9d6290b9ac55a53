using System.Globalization;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Http.Extensions;

namespace Marketplace.Web.Admin.Rooms;

/// <summary>Which rooms a list shows first of all.</summary>
public enum RoomShelf
{
    All,
    Today,
    Risky,
    Reported,
    Closed,
    Unanswered,
}

/// <summary>The filter of the administrators' rooms as the address has it. What cannot be read filters nothing.</summary>
/// <param name="Text">Words that begin words of the listing or of a name, or an e-mail address.</param>
/// <param name="Since">The first day of the last message.</param>
/// <param name="Until">The last day of it.</param>
public sealed record RoomFilter(
    string? Text = null,
    RoomShelf Shelf = RoomShelf.All,
    ListingState? State = null,
    DateOnly? Since = null,
    DateOnly? Until = null,
    long? Person = null,
    long? Listing = null
)
{
    public const int MaxTextLength = 100;

    /// <summary>How long somebody waits before a room counts as unanswered.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    public static readonly RoomFilter None = new();

    /// <summary>Whether something besides words and shelf narrows the list.</summary>
    public bool IsNarrowed => (State, Since, Until, Person, Listing) != default;

    public static RoomFilter Read(Func<string, string?> query) =>
        new(
            VisibleText.Begin(VisibleText.Line(query("q")), MaxTextLength) is { Length: > 0 } text ? text : null,
            AddressValue.Of<RoomShelf>(query("shelf")) ?? RoomShelf.All,
            AddressValue.Of<ListingState>(query("state")),
            AddressValue.Day(query("since")),
            AddressValue.Day(query("until")),
            AddressValue.Number(query("person")),
            AddressValue.Number(query("listing"))
        );

    /// <summary>As a query, with its question mark; empty if nothing is filtered.</summary>
    public string Query =>
        new QueryBuilder(
            new (string Name, object? Value)[]
            {
                ("q", Text),
                ("shelf", Shelf is RoomShelf.All ? null : Shelf),
                ("state", State),
                ("since", Since?.ToString("O", CultureInfo.InvariantCulture)),
                ("until", Until?.ToString("O", CultureInfo.InvariantCulture)),
                ("person", Person),
                ("listing", Listing),
            }
                .Where(one => one.Value is not null)
                .Select(one =>
                    KeyValuePair.Create(one.Name, Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? "")
                )
        ).ToString();

    internal RoomsWanted Wanted(ReaderClock clock, DateTime now) =>
        new()
        {
            State = State,
            PersonId = Person,
            ListingId = Listing,
            From = Latest(
                Since is { } since ? clock.Begins(since) : null,
                Shelf is RoomShelf.Today ? clock.Begins(clock.Today) : null
            ),
            Until = Until is { } until ? clock.Begins(until.AddDays(1)) : null,
            IsRisky = Shelf is RoomShelf.Risky,
            IsReported = Shelf is RoomShelf.Reported,
            IsClosed = Shelf is RoomShelf.Closed,
            WaitingBefore = Shelf is RoomShelf.Unanswered ? now - Patience : null,
        };

    private static DateTime? Latest(DateTime? one, DateTime? other) => one > other ? one : other ?? one;
}
