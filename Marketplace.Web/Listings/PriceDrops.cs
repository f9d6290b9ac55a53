using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>Tells those who like a listing that it costs less, at most once a day.</summary>
public sealed class PriceDrops(Notifier notifier, TimeProvider clock)
{
    /// <summary>Of a listing that more like, the latest are told.</summary>
    private const int MaxPeople = 1_000;

    private static readonly TimeSpan Once = TimeSpan.FromDays(1);

    /// <summary>In the transaction of the change. Returns whom to <see cref="Notifier.Tell"/> after the commit.</summary>
    public async Task<IReadOnlyList<long>> NoteAsync(MarketplaceDbContext db, Listing listing, long before)
    {
        if (listing.Price >= before || listing.State is not ListingState.Active)
            return [];
        var now = clock.GetUtcNow().UtcDateTime;
        var people = await ListingQueries.ToldOfPrice(db, listing.Id, now - Once).Take(MaxPeople).ToListAsync();
        var change = new PriceChange(before, listing.Price, listing.Currency).Write();
        await notifier.AddAsync(db, [.. people.Select(person => Drop(person, listing.Id, change, now))]);
        return people;
    }

    private static Notice Drop(long person, long listing, string change, DateTime now) =>
        new()
        {
            PersonId = person,
            Kind = NoticeKind.PriceDropped,
            ListingId = listing,
            Data = change,
            At = now,
        };
}
