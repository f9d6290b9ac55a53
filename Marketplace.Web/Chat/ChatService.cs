using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety.Rules;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat;

/// <summary>The current user's chat. A room of others and a missing room give the same answer.</summary>
public sealed class ChatService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    MessageJournal journal,
    ChatLimits limits,
    ILookRecord looks,
    Broadcaster broadcaster,
    Presence presence,
    FigureTally tally,
    TimeProvider clock,
    SiteSettings site,
    IStringLocalizer<ChatTexts> texts
)
{
    public const int MaxPageSize = 200;

    /// <summary>Stores a message, then publishes it; returns after the commit. Each client id is stored once.</summary>
    /// <param name="clientId">A new id per message; a retry with the same id returns the stored message.</param>
    /// <param name="text">1 to <see cref="Message.MaxBodyLength"/> UTF-16 units after trimming.</param>
    /// <param name="replyTo">The seq of the message it answers; refused if above the room's last seq.</param>
    /// <param name="pictures">Own uploads, at most <see cref="MessageRules.MaxPictures"/>; allow an empty text.</param>
    public async Task<Outcome<SentView>> SendAsync(
        long roomId,
        Guid clientId,
        string? text,
        long? replyTo = null,
        IReadOnlyList<PhotoView>? pictures = null
    )
    {
        if (await currentUser.FindAsync() is not { } me)
            return NoRoom();
        var (body, problem) = MessageRules.Check(text, mayBeEmpty: pictures is { Count: > 0 });
        if (problem is not null)
            return Refuse(RefusalKind.Invalid, problem, Message.MaxBodyLength, body.Length);
        if (clientId == Guid.Empty)
            return Refuse(RefusalKind.Invalid, "Message.NoClientId");
        if (limits.Ask(me.Id) is { } wait)
            return await RepeatedAsync(me.Id, roomId, clientId)
                ?? (Outcome<SentView>)new Refusal(RefusalKind.RateLimited, texts["Message.TooFast"], wait);
        if (pictures is { Count: > MessageRules.MaxPictures })
            return Refuse(RefusalKind.Invalid, "Message.TooManyPictures", MessageRules.MaxPictures);
        if (replyTo <= 0)
            return Refuse(RefusalKind.Invalid, "Message.NothingToAnswer");
        using var span = SiteTraces.Begin("message sent");
        var sent = await StoreAsync(
            new NewMessage(roomId, me.Id, clientId, body)
            {
                ReplyTo = replyTo,
                Pictures = pictures ?? [],
                Doubt = DoubtOf(me, body),
            }
        );
        // Repeats, and messages that the journal could not store, do not count against the limit.
        if (sent is { Value.Repeated: true } or { Refusal.Kind: RefusalKind.Busy })
            limits.GiveBack(me.Id);
        return sent;
    }

    /// <summary>Part of a room's history, ordered by seq, or by rev with ChangedAfter.</summary>
    public async Task<Outcome<IReadOnlyList<MessageView>>> HistoryAsync(long roomId, MessageRange window)
    {
        if (await PartiesAsync(roomId) is null)
            return NoRoom();
        // One extra message tells the caller whether there is another page.
        var limit = Math.Clamp(window.Limit, 1, MaxPageSize + 1);
        await using var db = await database.CreateDbContextAsync();
        if (window.From is { } time)
            window = window with { After = await MessageDates.SeqAtAsync(db, roomId, time) - 1 };
        var part = await MessageQueries.Messages(db, roomId, window with { Limit = limit }).ToListAsync();
        if (window is { After: null, ChangedAfter: null })
            part.Reverse();
        return part;
    }

    /// <summary>Raises the person's read mark to a seq, at most to the last one; never lowers it.</summary>
    public async Task<Refusal?> MarkReadAsync(long roomId, long seq)
    {
        if (await currentUser.FindAsync() is not { } me)
            return NoRoom();
        if (seq < 0)
            return Refuse(RefusalKind.Invalid, "Read.Negative");
        if (limits.AskToRead(me.Id) is { } wait)
            return Refuse(RefusalKind.RateLimited, "Message.TooFast") with { RetryAfter = wait };
        var mark = new ReadMark(roomId, me.Id, seq, IsPrivate: me.HidesReceipts);
        if (!journal.TryTake(mark))
            return Refuse(RefusalKind.Busy, "Message.Busy");
        try
        {
            return await mark.Stored ? null : NoRoom();
        }
        catch (Exception)
        {
            return Refuse(RefusalKind.Busy, "Message.Busy");
        }
    }

    /// <summary>The listing as the buyer first saw it; null before the first message, and for non-members.</summary>
    public async Task<ListingSnapshot?> SeenListingAsync(long roomId)
    {
        if (await PartiesAsync(roomId) is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Seen(db, roomId).SingleOrDefaultAsync();
    }

    /// <summary>Publishes that the person is typing, unless they hide presence or one blocks the other.</summary>
    public async Task<Refusal?> TypingAsync(long roomId)
    {
        // Before anything is read; more would not be told anyway.
        var me = await currentUser.FindAsync();
        if (me is not null && !limits.MayTellTyping(me.Id))
            return null;
        if (me is null || await PartiesAsync(roomId) is not { } parties)
            return NoRoom();
        if (!me.HidesPresence && !parties.Restrictions.IsBlocked())
            broadcaster.Publish(
                ChatTopics.Person(me.Id == parties.BuyerId ? parties.SellerId : parties.BuyerId),
                new Typing(roomId, me.Id)
            );
        return null;
    }

    /// <summary>The page loads and disposes the session; <paramref name="run"/> is null on a static page.</summary>
    public RoomSession Open(long roomId, Func<Func<Task>, Task>? run) =>
        Open(new MemberReader(currentUser, roomId), run);

    public RoomSession Open(RoomReader reader, Func<Func<Task>, Task>? run) =>
        new(database, broadcaster, presence, tally, clock, reader, run);

    /// <summary>An administrator who has opened the room may look too; the look is recorded before.</summary>
    internal async Task<bool> MayLookAsync(long roomId)
    {
        if (await PartiesAsync(roomId) is not null)
            return true;
        return await currentUser.FindAdministratorAsync() is { } administrator
            && await looks.PictureAsync(administrator.Id, roomId);
    }

    /// <summary>Who of the administration looked at one's room, when and why, not their name; null if it is not told.</summary>
    public async Task<IReadOnlyList<LookView>?> LooksAsync(long roomId) =>
        await PartiesAsync(roomId) is null ? null : await looks.LooksAsync(roomId);

    // On the sender's thread, not the journal's.
    private SafetyContext? DoubtOf(AccountState me, string body)
    {
        var widest = SafetyContext.Widest(me.DisplayName, site.Url?.Host ?? "");
        return SafetyRules.Find(body, widest).Count > 0 ? widest : null;
    }

    private async Task<SentView?> RepeatedAsync(long me, long roomId, Guid clientId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await MessageQueries.Sent(db, me, roomId, clientId).SingleOrDefaultAsync() is { } first
            ? new SentView(first, Repeated: true)
            : null;
    }

    private async Task<Outcome<SentView>> StoreAsync(NewMessage newMessage)
    {
        if (!journal.TryTake(newMessage))
            return Refuse(RefusalKind.Busy, "Message.Busy");
        try
        {
            return await newMessage.Stored switch
            {
                { Sent: { } sent } => sent,
                { Problem: { } problem } => Refuse(RefusalKind.Invalid, problem),
                _ => NoRoom(),
            };
        }
        catch (Exception)
        {
            return Refuse(RefusalKind.Busy, "Message.NotStored");
        }
    }

    private async Task<RoomParties?> PartiesAsync(long roomId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Parties(db, me.Id, roomId).SingleOrDefaultAsync();
    }

    private Refusal NoRoom() => Refuse(RefusalKind.NotFound, "Room.NotFound");

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
