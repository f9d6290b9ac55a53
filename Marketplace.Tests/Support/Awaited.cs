using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Tests.Support;

/// <summary>Many people who have unread messages, written straight into the database.</summary>
public static class Awaited
{
    /// <summary>Each has written about the seller's listing, and got so many answers just now.</summary>
    /// <returns>Their addresses.</returns>
    public static async Task<IReadOnlyList<string>> AwaitMailsAsync(this SmtpApp site, int people, int each)
    {
        var seller = await site.App.JoinAsync("Ana");
        var listing = await seller.SellsAsync();
        var now = site.Clock.GetUtcNow().UtcDateTime;
        var users = Enumerable.Range(0, people).Select(i => User($"{i}@waits.test", now)).ToList();
        await using var db = site.App.Look();
        await AddAsync(db, users);
        var rooms = users.Select(user => Room(user.Id, seller.Id, listing, now)).ToList();
        await AddAsync(db, rooms);
        await AddAsync(db, rooms.Select(room => new Membership { RoomId = room.Id, UserId = room.BuyerId }));
        await AddAsync(db, rooms.SelectMany(room => Notices(room, each, now)));
        await AddAsync(
            db,
            users.Select(user => new OutboxEntry
            {
                Kind = OutboxEntry.Notices,
                Key = OutboxEntry.KeyOf(user.Id),
                DueAt = now,
            })
        );
        return [.. users.Select(user => user.Email!)];
    }

    private static async Task AddAsync<T>(MarketplaceDbContext db, IEnumerable<T> rows)
        where T : class
    {
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static User User(string email, DateTime now) =>
        new()
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            SecurityStamp = "",
            DisplayName = "Bruno",
            JoinedAt = now,
        };

    private static Room Room(long buyer, long seller, long listing, DateTime now) =>
        new()
        {
            BuyerId = buyer,
            SellerId = seller,
            ListingId = listing,
            CreatedAt = now,
        };

    private static IEnumerable<Notice> Notices(Room room, int each, DateTime now) =>
        Enumerable
            .Range(1, each)
            .Select(seq => new Notice
            {
                PersonId = room.BuyerId,
                Kind = NoticeKind.Message,
                RoomId = room.Id,
                ListingId = room.ListingId,
                Seq = seq,
                At = now,
                Push = NoticeOutcome.NoDevice,
            });
}
