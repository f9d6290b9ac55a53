using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>The way from a listing to its room, for the person whose request this is. What happens in it is the journal's.</summary>
public sealed class ContactService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    TimeProvider clock,
    IStringLocalizer<ChatTexts> texts
)
{
    /// <summary>Finds or creates the room of this listing and the person as its buyer.</summary>
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
        // Who already talks about a listing may go on, whatever became of it.
        if (await RoomQueries.Contact(db, listingId, me.Id).SingleOrDefaultAsync() is { } known)
            return known;
        return listing.State == ListingState.Withdrawn
            ? Refuse(RefusalKind.Invalid, "Contact.Withdrawn")
            : await CreateAsync(listingId, me.Id, listing.SellerId);
    }

    // Who loses a race gets the winner's room.
    private async Task<ContactView> CreateAsync(long listingId, long buyerId, long sellerId)
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

    private async Task<ContactView> CreateAsync(MarketplaceDbContext db, long listingId, long buyerId, long sellerId)
    {
        // Asked again inside the transaction: another press of the button may have been first.
        if (await RoomQueries.Contact(db, listingId, buyerId).SingleOrDefaultAsync() is { } known)
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
                SortKey = newest + 1,
            }
        );
        db.Memberships.Add(new Membership { RoomId = room.Id, UserId = sellerId });
        return new ContactView(room.Id, listingId, buyerId, sellerId, Created: true);
    }

    private Refusal Refuse(RefusalKind kind, string key) => new(kind, texts[key]);
}
