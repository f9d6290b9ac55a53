using Marketplace.Web.Chat.Parts;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// What stands beside the messages of an open room: cards of this site's own listings that they link to, and for those who
/// supervise what a message said before. Asked for only where there is something to ask, in one statement each. No other
/// address is ever fetched.
/// </summary>
/// <param name="site">Where this site is, such as <c>https://example.com/</c>; null: no cards.</param>
public sealed class RoomMargin(IDbContextFactory<MarketplaceDbContext> database, string? site, bool isSupervised)
{
    private readonly Dictionary<long, ListingCardView?> cards = [];
    private readonly Dictionary<(long Seq, long Rev), IReadOnlyList<string>> earlier = [];

    /// <summary>The first listing of ours that the message links to.</summary>
    public ListingCardView? Card(MessageView message) =>
        site is not null && MessageText.Listing(message.Body, site) is { } id ? cards.GetValueOrDefault(id) : null;

    /// <summary>What the message said before, the oldest first.</summary>
    public IReadOnlyList<string>? Earlier(MessageView message) => earlier.GetValueOrDefault((message.Seq, message.Rev));

    /// <summary>Reads what is not known yet of these messages.</summary>
    public async Task ReadAsync(IReadOnlyList<MessageView> messages)
    {
        if (site is not null)
            await ReadCardsAsync([
                .. messages.Select(message => MessageText.Listing(message.Body, site)).OfType<long>(),
            ]);
        if (isSupervised)
            await ReadEarlierAsync(
                messages.Where(message => message.EditedAt is not null || message.DeletedAt is not null)
            );
    }

    private async Task ReadCardsAsync(long[] linked)
    {
        var unknown = linked.Where(id => !cards.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length == 0)
            return;
        await using var db = await database.CreateDbContextAsync();
        var found = await ListingQueries.OfIds(db, unknown).ToDictionaryAsync(card => card.Id);
        foreach (var id in unknown)
            cards[id] = found.GetValueOrDefault(id);
    }

    private async Task ReadEarlierAsync(IEnumerable<MessageView> changed)
    {
        var unknown = changed.Where(message => Earlier(message) is null).ToList();
        if (unknown.Count == 0)
            return;
        await using var db = await database.CreateDbContextAsync();
        var seqs = unknown.Select(message => message.Seq).ToArray();
        var versions = (await ChatQueries.Versions(db, unknown[0].RoomId, seqs).ToListAsync()).ToLookup(
            version => version.Seq,
            version => version.Body
        );
        foreach (var message in unknown)
            earlier[(message.Seq, message.Rev)] = [.. versions[message.Seq]];
    }
}
