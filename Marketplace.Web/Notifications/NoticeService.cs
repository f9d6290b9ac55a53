using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>A notice and what became of it. Times are UTC.</summary>
/// <param name="RoomId">Null if it did not happen in a room; then nobody is named.</param>
public sealed record NoticeView(
    long Id,
    NoticeKind Kind,
    long? RoomId,
    long? ListingId,
    long Seq,
    string? From,
    string? Listing,
    Guid? Cover,
    string? Data,
    DateTime At,
    bool IsRead,
    DateTime? ShownAt,
    NoticeOutcome Mail,
    DateTime? MailAt,
    NoticeOutcome Push,
    DateTime? PushAt
)
{
    public string? From
    {
        get => field is null ? null : PersonName.Of(field);
    } = From;

    /// <summary>What waits and is read or shown already is decided, though nobody has written it yet.</summary>
    public NoticeOutcome Mail
    {
        get => field is not NoticeOutcome.Waiting ? field : Now;
    } = Mail;

    public NoticeOutcome Push
    {
        get => field is not NoticeOutcome.Waiting ? field : Now;
    } = Push;

    private NoticeOutcome Now =>
        IsRead ? NoticeOutcome.Read
        : ShownAt is not null ? NoticeOutcome.SeenHere
        : NoticeOutcome.Waiting;
}

/// <param name="Next">The id below which the next page begins; null on the last.</param>
public sealed record NoticePageView(IReadOnlyList<NoticeView> Items, long? Next);

/// <summary>What happened to the current person, of the last <see cref="Notice.Kept"/>.</summary>
public sealed class NoticeService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    ChatService chat,
    Broadcaster broadcaster,
    TimeProvider clock
)
{
    public const int Page = 30;

    public const int MaxPage = 100;

    /// <summary>Counts stop here; screens show "99+".</summary>
    public const int MaxNews = 100;

    /// <summary>More than a page shows.</summary>
    private const int MaxRooms = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The newest first, below this id; empty for a visitor.</summary>
    public async Task<NoticePageView> PageAsync(long? before = null, int limit = Page)
    {
        if (await currentUser.FindAsync() is not { } me)
            return new([], null);
        await using var db = await database.CreateDbContextAsync();
        var found = await NoticeQueries.Last(db, me.Id, before ?? long.MaxValue, limit + 1).ToListAsync();
        var kept = found.Where(notice => notice.At > Now - Notice.Kept).ToList();
        return new([.. kept.Take(limit)], kept.Count > limit ? kept[limit - 1].Id : null);
    }

    /// <summary>How much is unread and more than a message.</summary>
    public async Task<long> NewsAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return 0;
        await using var db = await database.CreateDbContextAsync();
        return await NoticeQueries.Unread(db, me.Id, Now).Take(MaxNews).CountAsync();
    }

    public async Task<NotificationPreference> PreferenceAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return new();
        await using var db = await database.CreateDbContextAsync();
        return await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == me.Id)
            ?? new();
    }

    /// <summary>Marks as read what happened up to this notice. In rooms, that reads their messages so far.</summary>
    public async Task MarkReadAsync(long upTo)
    {
        if (await currentUser.FindAsync() is not { } me)
            return;
        await using var db = await database.CreateDbContextAsync();
        var rooms = await NoticeQueries.UnreadRooms(db, me.Id, upTo).Take(MaxRooms).ToListAsync();
        foreach (var (roomId, seq) in rooms)
            await chat.MarkReadAsync(roomId, seq);
        var now = Now;
        await transactions.InTransactionAsync(writing =>
            writing
                .Notices.Where(notice =>
                    notice.PersonId == me.Id && notice.Kind != NoticeKind.Message && notice.RoomId == null
                )
                .Where(notice => notice.Id <= upTo && notice.ReadAt == null)
                .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.ReadAt, now))
        );
        broadcaster.Publish(NoticeTopics.Person(me.Id), NoticesChanged.Now);
    }

    /// <summary>Reads a notice outside rooms, and returns where it leads; null if it is not the person's.</summary>
    public async Task<string?> OpenAsync(long id)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        var now = Now;
        var opened = await transactions.InTransactionAsync(async db =>
        {
            var mine = db.Notices.Where(notice => notice.Id == id && notice.PersonId == me.Id && notice.RoomId == null);
            await mine.Where(notice => notice.ReadAt == null)
                .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.ReadAt, now));
            return await mine.AsNoTracking().SingleOrDefaultAsync();
        });
        broadcaster.Publish(NoticeTopics.Person(me.Id), NoticesChanged.Now);
        return opened is null ? null : NoticeLinks.To(opened.Kind, null, opened.ListingId, opened.Data);
    }

    /// <summary>A page that the person looks at has shown what happened in the room up to this message.</summary>
    public async Task ShowAsync(long roomId, long seq)
    {
        if (await currentUser.FindAsync() is not { } me)
            return;
        await using var db = await database.CreateDbContextAsync();
        var since = Now - ShowsWithin;
        // Looked at first: an update would take the write gate.
        if (!await NoticeQueries.NotShown(db, me.Id, roomId, seq, since).AnyAsync())
            return;
        var now = Now;
        await transactions.InTransactionAsync(writing =>
            NoticeQueries
                .NotShown(writing, me.Id, roomId, seq, since)
                .ExecuteUpdateAsync(notice => notice.SetProperty(n => n.ShownAt, now))
        );
    }

    /// <summary>What a page shows is new: it says so at once.</summary>
    private static readonly TimeSpan ShowsWithin = TimeSpan.FromMinutes(10);
}
