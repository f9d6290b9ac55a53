using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications.Push;

/// <summary>Writes what devices were told and what became of notices, also while the process stops.</summary>
public sealed class PushRecord(WriteTransactions transactions, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    internal async Task ToldAsync(
        PushDevice device,
        PushNews news,
        IReadOnlyCollection<string> read,
        NoticeOutcome outcome
    )
    {
        var (told, now) = (PushTold.Read(device.Told).With(news, read), Now);
        var accepted = outcome is NoticeOutcome.Sent ? now : device.AcceptedAt;
        await transactions.InTransactionAsync(async db =>
        {
            await db
                .PushDevices.Where(one => one.Id == device.Id)
                .ExecuteUpdateAsync(one => one.SetProperty(d => d.Told, told).SetProperty(d => d.AcceptedAt, accepted));
            return await WriteAsync(db, outcome, news.Notices);
        });
        (device.Told, device.AcceptedAt) = (told, accepted);
    }

    /// <summary>Of what the device was told, the tags of what is read now.</summary>
    internal static async Task<IReadOnlyCollection<string>> ReadAsync(MarketplaceDbContext db, PushDevice device)
    {
        var told = PushTold.Read(device.Told);
        var (rooms, notices) = PushNews.Read(told.Keys);
        var marks = await PushQueries.Marks(db, device.PersonId, rooms).ToListAsync();
        var read = await PushQueries.Read(db, device.PersonId, notices).ToListAsync();
        return
        [
            .. marks
                .Select(mark => (Tag: PushNews.OfRoom(mark.RoomId), mark.ReadSeq))
                .Where(mark => mark.ReadSeq >= told[mark.Tag])
                .Select(mark => mark.Tag),
            .. read.Select(PushNews.OfNotice),
        ];
    }

    /// <summary>Removes the device, and ends what waits and no other device of the person will be told of.</summary>
    public Task<int> EndAsync(long deviceId, long? personId) =>
        transactions.InTransactionAsync(async db =>
        {
            await db.PushDevices.Where(device => device.Id == deviceId).ExecuteDeleteAsync();
            var now = Now;
            return await db
                .Notices.Where(notice => notice.PersonId == personId && notice.Push == NoticeOutcome.Waiting)
                .Where(notice => !db.PushDevices.Any(d => d.PersonId == notice.PersonId && d.AddedAt <= notice.At))
                .ExecuteUpdateAsync(notice =>
                    notice.SetProperty(n => n.Push, NoticeOutcome.NoDevice).SetProperty(n => n.PushAt, now)
                );
        });

    /// <summary>What happened until then and still waits is too old to tell.</summary>
    public Task<int> GiveUpAsync(long personId, DateTime since)
    {
        var now = Now;
        return transactions.InTransactionAsync(db =>
            db.Notices.Where(notice => notice.PersonId == personId && notice.At <= since)
                .Where(notice => notice.Push == NoticeOutcome.Waiting)
                .ExecuteUpdateAsync(notice =>
                    notice.SetProperty(n => n.Push, NoticeOutcome.GivenUp).SetProperty(n => n.PushAt, now)
                )
        );
    }

    internal Task<int> WriteAsync(NoticeOutcome outcome, IReadOnlyList<WaitingNotice> notices) =>
        notices.Count == 0
            ? Task.FromResult(0)
            : transactions.InTransactionAsync(db => WriteAsync(db, outcome, notices));

    // What one device was told counts for all.
    private Task<int> WriteAsync(MarketplaceDbContext db, NoticeOutcome outcome, IEnumerable<WaitingNotice> notices)
    {
        var (ids, now) = (notices.Select(notice => notice.Id).ToArray(), Now);
        return db
            .Notices.Where(notice => ids.Contains(notice.Id))
            .Where(notice =>
                notice.Push == NoticeOutcome.Waiting
                || (notice.Push == NoticeOutcome.GivenUp && outcome == NoticeOutcome.Sent)
            )
            .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.Push, outcome).SetProperty(n => n.PushAt, now));
    }
}
