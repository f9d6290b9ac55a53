using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Listings;

/// <summary>Listings for every reader; changes only by the listing's own seller.</summary>
public sealed class ListingService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IEnquiries enquiries,
    PriceDrops drops,
    Notifier notifier,
    Broadcaster broadcaster,
    TimeProvider clock,
    IStringLocalizer<ListingTexts> texts
)
{
    public async Task<ListingPageView> SearchAsync(ListingFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, ListingFilter.MaxPageSize);
        await using var db = await database.CreateDbContextAsync();
        var found = await ListingQueries.Search(db, filter with { Limit = limit + 1 }).ToListAsync();
        return found.Count <= limit ? new(found, null) : new(found[..limit], found[limit - 1].CursorIn(filter.Order));
    }

    /// <summary>Counts matching listings, ignoring the cursor, up to <see cref="ListingFilter.MaxCounted"/>.</summary>
    public async Task<int> CountAsync(ListingFilter filter)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ListingQueries.Counted(db, filter, ListingFilter.MaxCounted).CountAsync();
    }

    public async Task<ListingView?> FindAsync(long id)
    {
        await using var db = await database.CreateDbContextAsync();
        var listing = await ListingQueries.Listing(db, id).SingleOrDefaultAsync();
        return listing is { IsErased: true } or { IsRemoved: true } && !await MaySeeGoneAsync(listing) ? null : listing;
    }

    private async Task<bool> MaySeeGoneAsync(ListingView listing) =>
        await currentUser.FindAsync() is { } me
        && (me.Id == listing.SellerId || me.IsAdministrator || await enquiries.HasRoomAsync(listing.Id, me.Id));

    public async Task<Outcome<long>> PublishAsync(ListingForm form)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.Forbidden, "Listing.SignIn");
        return await transactions.InTransactionAsync(async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var listing = new Listing
            {
                SellerId = me.Id,
                Currency = Money.Currency,
                CreatedAt = now,
            };
            listing.MoveTo(ListingState.Active, now);
            db.Listings.Add(listing);
            return await FillAsync(db, listing, form);
        });
    }

    /// <summary>The caller's own; a conflict if other content was saved since the form was filled.</summary>
    public async Task<Outcome<long>> EditAsync(long id, ListingForm form)
    {
        IReadOnlyList<long> told = [];
        var edited = await ChangeAsync(
            id,
            async (db, listing) =>
            {
                if (listing.RemovedAt is not null)
                    return Refuse(RefusalKind.Forbidden, "Listing.Removed");
                var stored = ListingContent.Of(await ListingQueries.Listing(db, id).SingleAsync()).Version;
                if (form.Seen is { } seen && seen != stored && form.Content()?.Version != stored)
                    return Refuse(RefusalKind.Conflict, "Conflict.Title");
                var before = listing.Price;
                listing.Touch(clock.GetUtcNow().UtcDateTime);
                var filled = await FillAsync(db, listing, form);
                if (filled.Succeeded)
                    told = await drops.NoteAsync(db, listing, before);
                if (filled.Succeeded && listing.Price != before)
                    await OutboxEntries.WakeAsync(db, OutboxEntry.Listing, OutboxEntry.KeyOf(id), listing.ChangedAt);
                return filled;
            }
        );
        notifier.Tell(told);
        return edited;
    }

    private async Task<Outcome<long>> ChangeAsync(
        long id,
        Func<MarketplaceDbContext, Listing, Task<Outcome<long>>> change
    )
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.Forbidden, "Listing.SignIn");
        var changed = await transactions.InTransactionAsync(async db =>
        {
            var mine = await db
                .Listings.AsSplitQuery()
                .Include(listing => listing.Photos)
                .Include(listing => listing.Terms)
                .SingleOrDefaultAsync(listing => listing.Id == id && listing.SellerId == me.Id);
            return mine is null ? Refuse(RefusalKind.NotFound, "Listing.NotYours") : await change(db, mine);
        });
        if (changed.Succeeded)
            broadcaster.Publish(ListingTopics.Listing(id), new ListingChanged(id));
        return changed;
    }

    private async Task<Outcome<long>> FillAsync(MarketplaceDbContext db, Listing listing, ListingForm form)
    {
        if (form.Content() is not { } content || !await ClaimAsync(db, listing.SellerId, content.Photos))
        {
            db.ChangeTracker.Clear();
            return Refuse(RefusalKind.Invalid, "Listing.PhotoGone");
        }
        listing.Describe(content.Title, content.Description, content.Place);
        (listing.Price, listing.MinOffer, listing.Category) = (content.Price, content.MinOffer, content.Category);
        (listing.Condition, listing.InPerson, listing.Shipping) = (
            content.Condition,
            content.InPerson,
            content.Shipping
        );
        var shownBefore = Names(listing.Photos.Select(photo => new PhotoView(photo.File, photo.Thumbnail))).ToList();
        listing.Show(content.Photos);
        await db.SaveChangesAsync();
        await ReleaseAsync(db, listing.Id, [.. shownBefore.Except(Names(content.Photos))]);
        return listing.Id;
    }

    // Photos of a listing that somebody asked about are kept, because the room shows the version they saw.
    private async Task ReleaseAsync(MarketplaceDbContext db, long listingId, IReadOnlyList<Guid> gone)
    {
        if (gone.Count == 0 || (await enquiries.CountAsync([listingId])).Count > 0)
            return;
        var shownElsewhere = await db
            .ListingPhotos.Where(photo => gone.Contains(photo.File) || gone.Contains(photo.Thumbnail))
            .Select(photo => new PhotoView(photo.File, photo.Thumbnail))
            .ToListAsync();
        await FileClaims.ReleaseAsync(db, [.. gone.Except(Names(shownElsewhere))]);
    }

    private static IEnumerable<Guid> Names(IEnumerable<PhotoView> photos) =>
        photos.SelectMany(photo => new[] { photo.File, photo.Thumbnail }).Distinct();

    private static async Task<bool> ClaimAsync(MarketplaceDbContext db, long sellerId, IReadOnlyList<PhotoView> photos)
    {
        var names = Names(photos).ToArray();
        return names.Length == 0 || await FileClaims.TryPublishAsync(db, sellerId, names);
    }

    private Refusal Refuse(RefusalKind kind, string key) => new(kind, texts[key]);
}
