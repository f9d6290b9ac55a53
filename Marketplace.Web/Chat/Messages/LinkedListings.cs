using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Cards of this site's own listings in messages. No other address is ever fetched.</summary>
/// <param name="site">The base address, such as <c>https://example.com/</c>; null turns cards off.</param>
public sealed class LinkedListings(IDbContextFactory<MarketplaceDbContext> database, string? site)
{
    private readonly Dictionary<long, ListingCardView?> cards = [];

    public ListingCardView? Of(MessageView message) =>
        site is not null && MessageText.Listing(message.Body, site) is { } id ? cards.GetValueOrDefault(id) : null;

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
