using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

public sealed class EnquiryService(IDbContextFactory<MarketplaceDbContext> database, TimeProvider clock) : IEnquiries
{
    private const int MinAnswers = 5;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    private const int MaxAskers = 50;

    public async Task<IReadOnlyDictionary<long, EnquirySum>> CountAsync(IReadOnlyCollection<long> listingIds)
    {
        if (listingIds.Count == 0)
            return new Dictionary<long, EnquirySum>();
        await using var db = await database.CreateDbContextAsync();
        return await EnquiryQueries
            .Counts(db, listingIds)
            .ToDictionaryAsync(
                listing => listing.ListingId,
                listing => new EnquirySum(listing.Count, listing.BestOffer)
            );
    }

    public async Task<IReadOnlyDictionary<long, ListingDeal>> DealsAsync(
        IReadOnlyCollection<long> listingIds,
        long buyerId
    )
    {
        if (listingIds.Count == 0)
            return new Dictionary<long, ListingDeal>();
        await using var db = await database.CreateDbContextAsync();
        return await EnquiryQueries
            .Deals(db, listingIds, buyerId)
            .ToDictionaryAsync(
                deal => deal.ListingId,
                deal => new ListingDeal(StageOf(deal.Stage), deal.Price, deal.MeetAt)
            );
    }

    private static ListingDealStage StageOf(DealStage open) =>
        open switch
        {
            DealStage.Offered => ListingDealStage.Offered,
            DealStage.OnHold => ListingDealStage.OnHold,
            DealStage.Meeting => ListingDealStage.Meeting,
            _ => ListingDealStage.Agreed,
        };

    public async Task<bool> HasAskedAsync(long listingId, long personId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await EnquiryQueries.Of(db, listingId, personId).AnyAsync();
    }

    public async Task<bool> HasRoomAsync(long listingId, long personId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Contact(db, listingId, personId).AnyAsync();
    }

    public async Task<bool> HasRoomsAsync(long listingId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await db.Rooms.AnyAsync(room => room.ListingId == listingId);
    }

    public async Task<IReadOnlyList<AskerView>> AskersAsync(long listingId, long sellerId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await EnquiryQueries.Askers(db, listingId, sellerId, MaxAskers).ToListAsync();
    }

    public async Task<IReadOnlyList<OpenDealView>> OpenDealsAsync(long listingId, long sellerId)
    {
        await using var db = await database.CreateDbContextAsync();
        var open = await EnquiryQueries.OpenDeals(db, listingId, sellerId).Take(MaxAskers).ToListAsync();
        return [.. open.Select(deal => new OpenDealView(deal.Name, new(StageOf(deal.Stage), deal.Price, deal.MeetAt)))];
    }

    public async Task<AnswerTime?> AnswerTimeAsync(long sellerId)
    {
        await using var db = await database.CreateDbContextAsync();
        var since = clock.GetUtcNow().UtcDateTime - Lately;
        var answers = await EnquiryQueries.Answers(db, sellerId, since).ToListAsync();
        return Usual([.. answers.Select(answer => answer.AnsweredAt - answer.AskedAt)]);
    }

    public static AnswerTime? Usual(IReadOnlyCollection<TimeSpan?> times)
    {
        var known = times.OfType<TimeSpan>().Order().ToArray();
        if (known.Length < MinAnswers)
            return null;
        return known[known.Length / 2].TotalHours switch
        {
            < 1 => AnswerTime.WithinHour,
            < 8 => AnswerTime.Hours,
            < 24 => AnswerTime.Day,
            _ => AnswerTime.Days,
        };
    }
}
