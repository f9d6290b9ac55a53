using System.Globalization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications.Push;

/// <summary>
/// Tells one device what is unread, one notification for each room. What the device was told is written after each
/// message: whoever takes over from a killed process repeats one at most, with the same tag and id.
/// </summary>
public sealed class PushWorker(
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    PushWriter writer,
    PushSender sender,
    PushRecord record,
    PushLanes lanes,
    PushSettings settings,
    TimeProvider clock,
    ILogger<PushWorker> log
) : IOutboxWorker
{
    /// <summary>As many as time out within a lease, also where each is sent twice.</summary>
    private const int MaxSent = 2;

    private const int MaxNotices = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>A refusal says nothing of the device if others of its service get messages.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private static readonly TimeSpan Full = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    public string Kind => OutboxEntry.Push;

    public int AtOnce => 48;

    public TimeSpan Lease => TimeSpan.FromSeconds(45);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
    {
        var id = long.Parse(entry.Key, CultureInfo.InvariantCulture);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var device = await db.PushDevices.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellation);
        if (device is null || !await accounts.IsLiveAsync(device.PersonId, device.SessionId))
        {
            await record.EndAsync(id, device?.PersonId ?? PersonOf(entry));
            return null;
        }
        if (entry.Attempts > 1)
            await record.GiveUpAsync(device.PersonId, Now - Patience);
        var row = await NoticeQueries.Reader(db, device.PersonId).AsNoTracking().SingleAsync(cancellation);
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(row.Preference.Culture ?? row.Culture ?? "es");
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
        var told = PushTold.Read(device.Told);
        var news = await NewsAsync(db, device, told, row);
        if (news.Count > 0 && QuietHours.Of(row.Preference, row.TimeZone).EndOf(Now) is { } end)
            return end - Now;
        using var lane = news.Count > 0 ? lanes.TryEnter(PushSender.Host(device), device.PersonId) : null;
        return news.Count > 0 && lane is null
            ? Full
            : await TellAsync(db, entry, device, news, row.Preference.ShowsWords, cancellation);
    }

    private static long? PersonOf(OutboxEntry entry) =>
        entry.Data is null ? null : long.Parse(entry.Data, CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<PushNews>> NewsAsync(
        MarketplaceDbContext db,
        PushDevice device,
        Dictionary<string, long> told,
        NoticeReaderRow row
    )
    {
        var reader = new NoticeReader(
            row.IsSuspended,
            row.IsClosed,
            row.Preference.OffPush,
            CanReach: true,
            null,
            null,
            0
        );
        var notices = await NoticeQueries
            .ForDevices(db, device.PersonId, Now - Patience)
            .Take(MaxNotices)
            .ToListAsync();
        var decided = notices.ToLookup(notice => Decide(notice, reader));
        foreach (var outcome in decided.Where(group => group.Key is not NoticeOutcome.Waiting))
            await record.WriteAsync(outcome.Key, [.. outcome.Where(notice => notice.Push is NoticeOutcome.Waiting)]);
        return
        [
            .. PushNews
                .Of(decided[NoticeOutcome.Waiting].Where(told.IsNew))
                .Where(news => news.Mark > told.GetValueOrDefault(news.Tag)),
        ];
    }

    private NoticeOutcome Decide(WaitingNotice notice, NoticeReader reader) =>
        NoticeRules.Decide(notice, reader, Now) switch
        {
            NoticeOutcome.Waiting when settings.Subject is null => NoticeOutcome.NoChannel,
            var outcome => outcome,
        };

    private async Task<TimeSpan?> TellAsync(
        MarketplaceDbContext db,
        OutboxEntry entry,
        PushDevice device,
        IReadOnlyList<PushNews> news,
        bool showsWords,
        CancellationToken cancellation
    )
    {
        var badge = await UnreadAsync(db, device.PersonId);
        foreach (var one in news.Take(MaxSent))
        {
            var read = await PushRecord.ReadAsync(db, device);
            var words = showsWords ? await WordsAsync(db, one) : null;
            var reply = await sender.SendAsync(device, writer.Write(one, words, badge, read), cancellation);
            if (reply.Answer is PushAnswer.TooLarge)
                reply = await sender.SendAsync(device, writer.Write(one, null, badge, []), cancellation);
            if (await FollowAsync(device, one, read, reply, entry.Attempts) is var (wait, isOver) && isOver)
                return wait;
        }
        return news.Count > MaxSent ? TimeSpan.Zero : null;
    }

    // As in the top bar.
    private async Task<long> UnreadAsync(MarketplaceDbContext db, long personId) =>
        new UnreadCount(await InboxQueries.Unread(db, personId, InboxService.MaxUnread).ToListAsync()).At(Now);

    private static async Task<string?> WordsAsync(MarketplaceDbContext db, PushNews news) =>
        news is { IsOfMessages: true, Last: { RoomId: { } room, Seq: var seq } }
            ? await PushQueries.Words(db, room, seq).SingleOrDefaultAsync()
            : null;

    // Whether the device is done with for now, and how long it waits then.
    private async Task<(TimeSpan? Wait, bool IsOver)> FollowAsync(
        PushDevice device,
        PushNews news,
        IReadOnlyCollection<string> read,
        PushReply reply,
        int attempts
    )
    {
        switch (reply.Answer)
        {
            case PushAnswer.Accepted:
                await record.ToldAsync(device, news, read, NoticeOutcome.Sent);
                return (null, false);
            case PushAnswer.Refused or PushAnswer.TooLarge:
                await record.ToldAsync(device, news, read, NoticeOutcome.GivenUp);
                return (null, false);
            case PushAnswer.Gone:
            case PushAnswer.Forbidden when await OthersWorkAsync(device):
                await record.EndAsync(device.Id, device.PersonId);
                return (null, true);
            case PushAnswer.Forbidden:
                log.LogError(
                    "{Host} takes no push message of this site: see {Subject} and {Key}",
                    PushSender.Host(device),
                    "Push:Subject",
                    "Push:PublicKey"
                );
                return (MaxPause, true);
            default:
                return (Longer(reply.Wait, Pause(attempts)), true);
        }
    }

    // Services that ask for a second, or for none, are not asked all day long.
    private static TimeSpan Longer(TimeSpan? asked, TimeSpan pause) => asked > pause ? asked.Value : pause;

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(attempts, 20)));
        return pause < MaxPause ? pause : MaxPause;
    }

    private async Task<bool> OthersWorkAsync(PushDevice device)
    {
        var (start, since) = (PushSender.Host(device) + "/", Now - Lately);
        await using var db = await database.CreateDbContextAsync();
        return await db.PushDevices.AnyAsync(other =>
            other.Id != device.Id && other.AcceptedAt > since && other.Endpoint.StartsWith(start)
        );
    }
}
