using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Ratings;

/// <summary>What the two of a sold room say of each other; each learns it when it shows to everybody.</summary>
public sealed class RatingService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    ChatLimits limits,
    TimeProvider clock,
    IStringLocalizer<ChatTexts> texts
)
{
    /// <summary>Null unless the room is the caller's, and its deal sold.</summary>
    public async Task<RoomRatingView?> FindAsync(long roomId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (await RatingQueries.Room(db, me.Id, roomId).SingleOrDefaultAsync() is not { } room)
            return null;
        var ratings = await RatingQueries.OfRoom(db, roomId).AsNoTracking().ToListAsync();
        return View(me.Id, room, ratings);
    }

    /// <summary>Rates the other, once; the rating may be changed until it shows.</summary>
    public async Task<Outcome<RoomRatingView>> RateAsync(long roomId, int stars, string? line = null)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "Room.NotFound");
        if (stars is < 1 or > Rating.MaxStars)
            return Refuse(RefusalKind.Invalid, "Rate.WrongStars");
        if (ShortText.Problem(line, Rating.MaxLineLength) is { } wrong)
            return Refuse(RefusalKind.Invalid, wrong);
        if (limits.Ask(me.Id) is { } wait)
            return new Refusal(RefusalKind.RateLimited, texts["Message.TooFast"], wait);
        return await transactions.InTransactionAsync(db => RateAsync(db, me.Id, roomId, stars, ShortText.Clean(line)));
    }

    private async Task<Outcome<RoomRatingView>> RateAsync(
        MarketplaceDbContext db,
        long me,
        long roomId,
        int stars,
        string? line
    )
    {
        if (await RatingQueries.Room(db, me, roomId).SingleOrDefaultAsync() is not { } room)
            return await RoomQueries.Parties(db, me, roomId).AnyAsync()
                ? Refuse(RefusalKind.Conflict, "Rate.NotSold")
                : Refuse(RefusalKind.NotFound, "Room.NotFound");
        var ratings = await RatingQueries.OfRoom(db, roomId).ToListAsync();
        if (Rating.AreShown(ratings.Count, room.SoldAt, Now))
            return Refuse(RefusalKind.Conflict, "Rate.Over");
        if (ratings.Find(rating => rating.ById == me) is not { } mine)
        {
            db.Ratings.Add(mine = new Rating { RoomId = roomId, ById = me });
            ratings.Add(mine);
        }
        (mine.AboutId, mine.By) = (room.Other(me), me == room.BuyerId ? Side.Buyer : Side.Seller);
        (mine.Stars, mine.Line, mine.At) = (stars, line, Now);
        return View(me, room, ratings);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private RoomRatingView View(long me, RatedRoom room, List<Rating> ratings)
    {
        var areShown = Rating.AreShown(ratings.Count, room.SoldAt, Now);
        return new(
            room.SoldAt + Rating.Window,
            areShown,
            Said(ratings.Find(rating => rating.ById == me)),
            areShown ? Said(ratings.Find(rating => rating.ById != me)) : null
        );
    }

    private static SaidView? Said(Rating? rating) => rating is null ? null : new(rating.Stars, rating.Line);

    private Refusal Refuse(RefusalKind kind, string key) => new(kind, texts[key]);
}

/// <summary>What the two of a room say of each other.</summary>
/// <param name="Until">Until when one may rate, in UTC.</param>
/// <param name="AreShown">Nothing can be changed any more.</param>
/// <param name="Theirs">Null until it shows.</param>
public sealed record RoomRatingView(DateTime Until, bool AreShown, SaidView? Mine, SaidView? Theirs);

public sealed record SaidView(int Stars, string? Line);
