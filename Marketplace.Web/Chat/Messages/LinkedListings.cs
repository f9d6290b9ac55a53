using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>
/// Cards of this site's own listings that the messages of an open room link to. Read in one statement, and only where a message
/// has such a link. No other address is ever fetched.
/// </summary>
/// <param name="site">Where this site is, such as <c>https://example.com/</c>; null: no cards.</param>
public sealed class LinkedListings(IDbContextFactory<MarketplaceDbContext> database, string? site)
{
    private readonly Dictionary<long, ListingCardView?> cards = [];

    /// <summary>The first listing of ours that the message links to.</summary>
    public ListingCardView? Of(MessageView message) =>
        site is not null && MessageText.Listing(message.Body, site) is { } id ? cards.GetValueOrDefault(id) : null;

    /// <summary>Reads the cards of these messages that are not known yet.</summary>
    public async Task ReadAsync(IReadOnlyList<MessageView> messages)
    {
        if (site is null)
            return;
        var linked = messages.Select(message => MessageText.Listing(message.Body, site)).OfType<long>();
        var unknown = linked.Where(id => !cards.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length == 0)
            return;
        await using var db = await database.CreateDbContextAsync();
        var found = await ListingQueries.OfIds(db, unknown).ToDictionaryAsync(card => card.Id);
        foreach (var id in unknown)
            cards[id] = found.GetValueOrDefault(id);
    }
}
