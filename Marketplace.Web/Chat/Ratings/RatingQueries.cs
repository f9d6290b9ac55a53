using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Ratings;

internal static class RatingQueries
{
    /// <summary>The person's sales that stand, and what others say of them, as far as it shows.</summary>
    /// <param name="soldBefore">Of what was sold until then, ratings show even if only one of the two has rated.</param>
    public static IQueryable<StandingView> Standing(MarketplaceDbContext db, long personId, DateTime soldBefore)
    {
        var (sold, bought, shown) = (
            db.Rooms.Where(room => room.SellerId == personId),
            db.Rooms.Where(room => room.BuyerId == personId),
            Shown(db, personId, soldBefore)
        );
        return db
            .Users.Where(user => user.Id == personId)
            .Select(_ => new StandingView(
                sold.Count(room => db.Deals.Any(deal => deal.RoomId == room.Id && deal.Stage == DealStage.Sold))
                    + bought.Count(room =>
                        db.Deals.Any(deal => deal.RoomId == room.Id && deal.Stage == DealStage.Sold)
                    ),
                shown.Count(),
                shown.Sum(rating => rating.Stars)
            ));
    }

    /// <summary>The newest first. Of a closed account the line no longer shows.</summary>
    public static IQueryable<RatingView> Last(MarketplaceDbContext db, long personId, DateTime soldBefore, int limit) =>
        (
            from rating in Shown(db, personId, soldBefore)
            join author in db.Users on rating.ById equals author.Id
            orderby rating.At descending
            select new RatingView(
                rating.Stars,
                author.ClosedAt == null && author.SuspendedAt == null ? rating.Line : null,
                rating.By == Side.Seller,
                rating.At
            )
        ).Take(limit);

    public static IQueryable<RatingSum> Sums(
        MarketplaceDbContext db,
        IReadOnlyCollection<long> personIds,
        DateTime soldBefore
    ) =>
        from rating in Shown(db, db.Ratings.Where(rating => personIds.Contains(rating.AboutId)), soldBefore)
        group rating by rating.AboutId into ratings
        select new RatingSum(ratings.Key, ratings.Count(), ratings.Sum(rating => rating.Stars));

    public static IQueryable<RatedRoom> Room(MarketplaceDbContext db, long userId, long roomId) =>
        from membership in db.Memberships
        where membership.UserId == userId && membership.RoomId == roomId
        join room in db.Rooms on membership.RoomId equals room.Id
        join deal in db.Deals on room.Id equals deal.RoomId
        where deal.Stage == DealStage.Sold && deal.SoldAt != null
        select new RatedRoom(room.Id, room.BuyerId, room.SellerId, deal.SoldAt!.Value);

    public static IQueryable<Rating> OfRoom(MarketplaceDbContext db, long roomId) =>
        db.Ratings.Where(rating => rating.RoomId == roomId);

    public static IQueryable<Rating> Shown(MarketplaceDbContext db, long personId, DateTime soldBefore) =>
        Shown(db, db.Ratings.Where(rating => rating.AboutId == personId), soldBefore);

    private static IQueryable<Rating> Shown(MarketplaceDbContext db, IQueryable<Rating> ratings, DateTime soldBefore) =>
        ratings.Where(rating =>
            db.Deals.Any(deal =>
                deal.RoomId == rating.RoomId
                && deal.Stage == DealStage.Sold
                && (
                    deal.SoldAt <= soldBefore
                    || db.Ratings.Any(other => other.RoomId == rating.RoomId && other.ById == rating.AboutId)
                )
            )
        );
}

public sealed record RatingSum(long PersonId, int Count, int Stars);

/// <summary>A room whose deal is sold.</summary>
internal sealed record RatedRoom(long RoomId, long BuyerId, long SellerId, DateTime SoldAt)
{
    public long Other(long personId) => personId == BuyerId ? SellerId : BuyerId;
}
