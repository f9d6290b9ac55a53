using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>Finds and makes rooms, for callers that have been authorised. What happens in them is the journal's.</summary>
public sealed class RoomRegister(IDbContextFactory<MarketplaceDbContext> database, Writing writing, TimeProvider clock)
{
    public async Task<ContactView?> FindAsync(long listingId, long buyerId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Contact(db, listingId, buyerId).SingleOrDefaultAsync();
    }

    /// <summary>Makes the one room of this listing and buyer; who loses a race gets the winner's.</summary>
    public async Task<ContactView> CreateAsync(long listingId, long buyerId, long sellerId)
    {
        try
        {
            return await writing.InTransactionAsync(db => CreateAsync(db, listingId, buyerId, sellerId));
        }
        catch (DbUpdateException)
        {
            return await FindAsync(listingId, buyerId) ?? throw new InvalidOperationException("The room is not there.");
        }
    }

    private async Task<ContactView> CreateAsync(MarketplaceDbContext db, long listingId, long buyerId, long sellerId)
    {
        // Asked again inside the transaction: another press of the button may have been first.
        if (await ChatQueries.Contact(db, listingId, buyerId).SingleOrDefaultAsync() is { } known)
            return known;
        var room = new Room
        {
            ListingId = listingId,
            BuyerId = buyerId,
            SellerId = sellerId,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Rooms.Add(room);
        await db.SaveChangesAsync();
        var newest = await db.Messages.MaxAsync(message => (long?)message.Id) ?? 0;
        db.Memberships.Add(
            new Membership
            {
                RoomId = room.Id,
                UserId = buyerId,
                Place = newest + 1,
            }
        );
        db.Memberships.Add(new Membership { RoomId = room.Id, UserId = sellerId });
        return new ContactView(room.Id, listingId, buyerId, sellerId, Created: true);
    }
}
