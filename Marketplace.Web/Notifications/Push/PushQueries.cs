using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications.Push;

internal static class PushQueries
{
    /// <summary>The number on the app's icon: as in the top bar.</summary>
    public static async Task<long> UnreadAsync(MarketplaceDbContext db, long personId, DateTime now) =>
        (await InboxQueries.Unread(db, personId, InboxService.MaxUnread).ToListAsync())
            .Where(room => !(room.MutedUntil > now))
            .Sum(room => room.Unread);

    public static Task<string?> WordsAsync(MarketplaceDbContext db, WaitingNotice last) =>
        db
            .Messages.Where(message => message.RoomId == last.RoomId && message.Seq == last.Seq)
            .Where(message => message.DeletedAt == null)
            .Select(message => (string?)message.Body)
            .SingleOrDefaultAsync();

    /// <summary>Of what the device was told, the tags of what is read now.</summary>
    public static async Task<IReadOnlyCollection<string>> ReadAsync(MarketplaceDbContext db, PushDevice device)
    {
        var told = PushTold.Read(device.Told);
        var (rooms, notices) = PushNews.Read(told.Keys);
        var marks = await db
            .Memberships.Where(mine => mine.UserId == device.PersonId && rooms.Contains(mine.RoomId))
            .Select(mine => new { mine.RoomId, mine.ReadSeq })
            .ToListAsync();
        var read = await db
            .Notices.Where(one => one.PersonId == device.PersonId && notices.Contains(one.Id) && one.ReadAt != null)
            .Select(one => one.Id)
            .ToListAsync();
        return
        [
            .. marks
                .Select(mark => (Tag: PushNews.OfRoom(mark.RoomId), mark.ReadSeq))
                .Where(mark => mark.ReadSeq >= told[mark.Tag])
                .Select(mark => mark.Tag),
            .. read.Select(PushNews.OfNotice),
        ];
    }
}
