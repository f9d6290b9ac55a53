using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Ratings;

/// <summary>What a person said of others, and of what others said of them what shows.</summary>
internal sealed class RatingData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    TimeProvider clock
) : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        var soldBefore = clock.GetUtcNow().UtcDateTime - Rating.Window;
        await using var db = await database.CreateDbContextAsync(cancellation);
        var given = await Archived(db.Ratings.Where(rating => rating.ById == userId)).ToListAsync(cancellation);
        var received = await Archived(RatingQueries.Shown(db, userId, soldBefore)).ToListAsync(cancellation);
        await archive.WriteAsync("ratings.json", new { given, received });
    }

    /// <summary>The stars stay with whom they were given; of a held room, what evidence needs.</summary>
    public Task EraseAsync(long userId, CancellationToken cancellation) =>
        transactions.InTransactionAsync(
            db =>
                db.Ratings.Where(rating => rating.ById == userId && rating.Line != null)
                    .Where(rating => RoomQueries.Purgeable(db).Any(room => room.Id == rating.RoomId))
                    .ExecuteUpdateAsync(rating => rating.SetProperty(r => r.Line, (string?)null), cancellation),
            cancellation
        );

    private static IQueryable<ArchivedRating> Archived(IQueryable<Rating> ratings) =>
        ratings
            .OrderBy(rating => rating.At)
            .Select(rating => new ArchivedRating(rating.RoomId, rating.By, rating.Stars, rating.Line, rating.At));
}

/// <param name="By">What the one who rates was in the deal.</param>
internal sealed record ArchivedRating(long Conversation, Side By, int Stars, string? Line, DateTime At);
