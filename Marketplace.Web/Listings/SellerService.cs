using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>A seller's listings: those on sale for everybody, all of them for the seller.</summary>
public sealed class SellerService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IEnquiries enquiries
)
{
    /// <summary>Returns the seller; null if there is none or the account is suspended.</summary>
    public async Task<SellerView?> FindAsync(long id)
    {
        await using var db = await database.CreateDbContextAsync();
        return await SellerQueries.Seller(db, id).SingleOrDefaultAsync();
    }

    public Task<AnswerTime?> AnswerTimeAsync(long id) => enquiries.AnswerTimeAsync(id);

    public async Task<ListingPageView> OnSaleAsync(long id, string? before = null, int limit = ListingFilter.Page)
    {
        await using var db = await database.CreateDbContextAsync();
        return Page(await SellerQueries.OnSale(db, id, Start(before), limit + 1).ToListAsync(), limit);
    }

    public async Task<ListingPageView> MineAsync(
        ListingState state,
        string? before = null,
        int limit = ListingFilter.Page
    )
    {
        if (await currentUser.FindAsync() is not { } me)
            return new([], null);
        await using var db = await database.CreateDbContextAsync();
        return Page(await SellerQueries.InState(db, me.Id, state, Start(before), limit + 1).ToListAsync(), limit);
    }

    public async Task<IReadOnlyDictionary<ListingState, int>> CountsAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return new Dictionary<ListingState, int>();
        await using var db = await database.CreateDbContextAsync();
        return await SellerQueries.Counts(db, me.Id).ToDictionaryAsync(state => state.State, state => state.Count);
    }

    public Task<IReadOnlyDictionary<long, EnquirySum>> ListingsWithEnquiriesAsync(
        IEnumerable<ListingCardView> listings
    ) => enquiries.CountAsync([.. listings.Select(listing => listing.Id)]);

    /// <summary>Lists the people who asked about the current person's own listing; empty for any other.</summary>
    public async Task<IReadOnlyList<AskerView>> AskersAsync(long listingId) =>
        await currentUser.FindAsync() is { } me ? await enquiries.AskersAsync(listingId, me.Id) : [];

    /// <summary>Lists the open deals about the current person's own listing; empty for any other.</summary>
    public async Task<IReadOnlyList<OpenDealView>> OpenDealsAsync(long listingId) =>
        await currentUser.FindAsync() is { } me ? await enquiries.OpenDealsAsync(listingId, me.Id) : [];

    /// <summary>Returns the current person's own listing; null for any other.</summary>
    public async Task<ListingView?> FindMineAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var listing = await ListingQueries.Listing(db, id).SingleOrDefaultAsync();
        return listing?.SellerId == me.Id ? listing : null;
    }

    /// <summary>Why the administration removed the current person's own listing; null for any other.</summary>
    public async Task<RemovalView?> RemovalAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await SellerQueries.Removals(db, me.Id, id).FirstOrDefaultAsync();
    }

    private static long Start(string? before) => PageCursor.Parse(before)?.Id ?? long.MaxValue;

    private static ListingPageView Page(List<ListingCardView> found, int limit) =>
        found.Count <= limit ? new(found, null) : new(found[..limit], found[limit - 1].CursorIn(ListingOrder.Newest));
}
