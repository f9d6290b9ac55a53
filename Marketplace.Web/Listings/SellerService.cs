using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>What one person sells: for everybody what is on sale, for themselves all of it.</summary>
public sealed class SellerService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IEnquiries enquiries
)
{
    /// <summary>The person, or null if there is none, or none who may use the site.</summary>
    public async Task<SellerView?> FindAsync(long id)
    {
        await using var db = await database.CreateDbContextAsync();
        return await SellerQueries.Seller(db, id).SingleOrDefaultAsync();
    }

    /// <summary>How soon they usually answer; null while that cannot be said.</summary>
    public Task<AnswerTime?> AnswerTimeAsync(long id) => enquiries.AnswerTimeAsync(id);

    /// <summary>A page of what they have on sale, newest first.</summary>
    /// <param name="before">Where the page begins, as <see cref="ListingPageView.Next"/> said.</param>
    public async Task<ListingPageView> OnSaleAsync(long id, string? before = null, int limit = ListingFilter.Page)
    {
        await using var db = await database.CreateDbContextAsync();
        return Page(await SellerQueries.OnSale(db, id, Start(before), limit + 1).ToListAsync(), limit);
    }

    /// <summary>A page of the person's own listings in one state, newest first.</summary>
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

    /// <summary>How many listings the person has in each state; one without any is not in it.</summary>
    public async Task<IReadOnlyDictionary<ListingState, int>> CountsAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return new Dictionary<ListingState, int>();
        await using var db = await database.CreateDbContextAsync();
        return await SellerQueries.Counts(db, me.Id).ToDictionaryAsync(state => state.State, state => state.Count);
    }

    /// <summary>How many people have asked about each of these listings.</summary>
    public Task<IReadOnlyDictionary<long, int>> ListingsWithEnquiriesAsync(IEnumerable<ListingCardView> listings) =>
        enquiries.CountAsync([.. listings.Select(listing => listing.Id)]);

    /// <summary>Who asked about a listing of the person's own; nobody about any other.</summary>
    public async Task<IReadOnlyList<AskerView>> AskersAsync(long listingId) =>
        await currentUser.FindAsync() is { } me ? await enquiries.AskersAsync(listingId, me.Id) : [];

    /// <summary>A listing of the person's own; null for any other.</summary>
    public async Task<ListingView?> FindMineAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var listing = await ListingQueries.Listing(db, id).SingleOrDefaultAsync();
        return listing?.SellerId == me.Id ? listing : null;
    }

    private static long Start(string? before) => PageCursor.Parse(before)?.Id ?? long.MaxValue;

    // One more than asked for tells whether there is a next page.
    private static ListingPageView Page(List<ListingCardView> found, int limit) =>
        found.Count <= limit ? new(found, null) : new(found[..limit], found[limit - 1].CursorIn(ListingOrder.Newest));
}
