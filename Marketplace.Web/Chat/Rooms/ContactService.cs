using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Rooms;

public sealed class ContactService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    NewRoomLimits limits,
    TimeProvider clock,
    IStringLocalizer<ChatTexts> texts
)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<Outcome<ContactView>> ContactAsync(long listingId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.Forbidden, "Contact.SignIn");
        await using var db = await database.CreateDbContextAsync();
        var listing = await ListingQueries.Offer(db, listingId).SingleOrDefaultAsync();
        if (listing is null)
            return Refuse(RefusalKind.NotFound, "Contact.NoListing");
        if (listing.SellerId == me.Id)
            return Refuse(RefusalKind.Forbidden, "Contact.Own");
        // An existing room stays reachable whatever happened to the listing.
        if (await RoomQueries.Contact(db, listingId, me.Id).SingleOrDefaultAsync() is { } known)
            return known;
        if (listing.IsGone)
            return Refuse(RefusalKind.NotFound, "Contact.NoListing");
        return listing.State == ListingState.Withdrawn
            ? Refuse(RefusalKind.Invalid, "Contact.Withdrawn")
            : await CreateAsync(listingId, me.Id, listing.SellerId);
    }

    private async Task<Outcome<ContactView>> CreateAsync(long listingId, long buyerId, long sellerId)
    {
        try
        {
            return await transactions.InTransactionAsync(db => CreateAsync(db, listingId, buyerId, sellerId));
        }
        catch (DbUpdateException)
        {
            await using var db = await database.CreateDbContextAsync();
            return await RoomQueries.Contact(db, listingId, buyerId).SingleAsync();
        }
    }

    private async Task<Outcome<ContactView>> CreateAsync(
        MarketplaceDbContext db,
        long listingId,
        long buyerId,
        long sellerId
    )
    {
        await BlockLock.TakeAsync(db, buyerId, sellerId);
        if (await BlockQueries.Between(db, buyerId, sellerId).AnyAsync())
            return Refuse(RefusalKind.Forbidden, "Contact.Restricted");
        // A concurrent request may have created the room.
        if (await RoomQueries.Contact(db, listingId, buyerId).SingleOrDefaultAsync() is { } known)
            return known;
        if (await WaitAsync(db, buyerId) is { } wait)
            return Refuse(RefusalKind.RateLimited, "Contact.TooMany") with { RetryAfter = wait };
        var room = new Room
        {
            ListingId = listingId,
            BuyerId = buyerId,
            SellerId = sellerId,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Rooms.Add(room);
        await db.SaveChangesAsync();
        // Of the rooms, because the messages may be purged.
        var newest = await db.Rooms.MaxAsync(one => one.LastMessageId);
        db.Memberships.Add(
            new Membership
            {
                RoomId = room.Id,
                UserId = buyerId,
                SortKey = newest + 1,
            }
        );
        db.Memberships.Add(new Membership { RoomId = room.Id, UserId = sellerId });
        return new ContactView(room.Id, listingId, buyerId, sellerId, Created: true);
    }

    // The lock above makes rooms of one person wait for each other, so that none is missed.
    private async Task<TimeSpan?> WaitAsync(MarketplaceDbContext db, long buyerId)
    {
        if (limits is { PerDay: 0, OfNew: 0 })
            return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var joinedAt = await db.Users.Where(user => user.Id == buyerId).Select(user => user.JoinedAt).SingleAsync();
        if (limits.Of(joinedAt, now) is not (> 0 and var limit))
            return null;
        var opened = await RoomQueries.Opened(db, buyerId, now - Day).Skip(limit - 1).Take(1).ToListAsync();
        return opened is [var oldest] ? oldest + Day - now : null;
    }

    private Refusal Refuse(RefusalKind kind, string key) => new(kind, texts[key]);
}
