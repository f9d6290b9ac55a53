using System.Globalization;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>Lets the deals of a listing follow it after a change that the journal did not write, such as its price.</summary>
internal sealed class ListingFollower(MessageJournal journal) : IOutboxWorker
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    string IOutboxWorker.Kind => OutboxEntry.Listing;

    public int AtOnce => 4;

    public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
    {
        var following = new ListingFollow(long.Parse(entry.Key, CultureInfo.InvariantCulture));
        if (!journal.TryTake(following))
            return Busy;
        await following.Stored.WaitAsync(cancellation);
        return null;
    }
}

/// <summary>Whether there is such a listing.</summary>
internal sealed record ListingFollow(long ListingId) : JournalEntry<bool>(0, 0), IRoomsMove
{
    public Task<long> ListingAsync(MarketplaceDbContext db) => Task.FromResult(ListingId);

    public IQueryable<long> Rooms(MarketplaceDbContext db, long listingId) => DealQueries.RoomsWithDeals(db, listingId);

    public async Task<IReadOnlyList<NewMessage>> MakeAsync(MoveScope scope)
    {
        Keep(scope.Listing is not null);
        if (scope.Listing is not { } listing)
            return [];
        var book = await DealBook.ReadAsync(scope, listing);
        await book.FollowAllAsync();
        await scope.Db.SaveChangesAsync();
        return book.Lines;
    }
}
