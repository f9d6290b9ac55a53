using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// A room on one screen. Opening it can't be done in part: it authorises, listens, then loads, then merges what was told
/// meanwhile. Every event is authorised again before it shows.
/// </summary>
/// <param name="enter">Who reads, asked on each event; null when they no longer may.</param>
/// <param name="run">The page's dispatcher; everything here runs on it, so nothing is locked. Null: do not listen.</param>
public sealed class OpenRoom(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    Presence presence,
    TimeProvider clock,
    long roomId,
    Func<Task<RoomAccess?>> enter,
    Func<Func<Task>, Task>? run
) : IDisposable
{
    /// <summary>What stands above the message that one jumped to.</summary>
    private const int Above = 10;

    private readonly TaskCompletionSource loaded = new();
    private readonly RoomHistory history = new(database, roomId);
    private IDisposable? listening;
    private bool disposed;

    /// <summary>Null until loaded, and for who may not enter.</summary>
    public RoomView? Room { get; private set; }
    public Conversation Conversation => history.Conversation;

    /// <summary>
    /// The first message that the reader had not seen when the room was opened; null if there is none, and once the reader
    /// has answered.
    /// </summary>
    public long? FirstUnread { get; private set; }

    /// <summary>What the reader had seen when the room was opened; everything, for who supervises.</summary>
    public long ReadSeq { get; private set; }

    /// <summary>The message to show first, instead of the newest.</summary>
    public long? Target { get; private set; }

    /// <summary>What is shown of the other.</summary>
    public RoomPeer Peer { get; } = new(presence, clock, run);

    /// <summary>What stands beside the messages.</summary>
    public RoomMargin Margin { get; private set; } = new(database, null, isSupervised: false);

    private long? reader;

    /// <summary>Loads the part that the reader wants to see first. False: there is no such room for this reader.</summary>
    /// <param name="at">A message to begin with; otherwise the first unread one, otherwise the newest.</param>
    /// <param name="site">Where this site is, for the links to its own listings.</param>
    public async Task<bool> LoadAsync(long? at = null, string? site = null)
    {
        if (await enter() is not { } access)
            return false;
        reader = access.Reader?.Id;
        Margin = new RoomMargin(database, site, isSupervised: access.Reader is null);
        await using var db = await database.CreateDbContextAsync();
        if (await access.Seat(db).SingleOrDefaultAsync() is not { } seat)
            return false;
        Listen(access.Topic, seat);
        await ReadAsync(db, access, at);
        loaded.TrySetResult();
        return Room is not null;
    }

    /// <summary>Reads the page before the window.</summary>
    public Task LoadOlderAsync() => ExtendAsync(Conversation.HasOlder(Room?.FirstSeq ?? 1), history.ReadOlderAsync);

    /// <summary>Reads the page after the window.</summary>
    public Task LoadNewerAsync() => ExtendAsync(Conversation.HasNewer, history.ReadNewerAsync);

    /// <summary>Shows the part around a message; null: the newest.</summary>
    public async Task JumpAsync(long? seq)
    {
        if (await enter() is not { } access)
            return;
        FirstUnread = null;
        await using var db = await database.CreateDbContextAsync();
        await ReadAsync(db, access, seq ?? long.MaxValue);
    }

    /// <summary>Shows the first messages from this time (UTC) on.</summary>
    public async Task JumpAsync(DateTime time)
    {
        await using var db = await database.CreateDbContextAsync();
        await JumpAsync(await RoomTimeline.SeqAtAsync(db, roomId, time));
    }

    /// <summary>How far one's own message has come, as far as both tell it.</summary>
    public Receipt Receipt(MessageView message) =>
        reader is { } me && Room is { HasReceipts: true } room
            ? Peer.Receipt(room.Other(me), message)
            : Chat.Receipt.Sent;

    public void Dispose()
    {
        disposed = true;
        Peer.StopWriting();
        listening?.Dispose();
        loaded.TrySetResult();
    }

    private void Listen(Topic topic, Seat seat)
    {
        if (run is null || disposed)
            return;
        listening = broadcaster.Subscribe(
            [
                topic,
                ListingTopics.Listing(seat.ListingId),
                AccountTopics.Account(seat.BuyerId),
                AccountTopics.Account(seat.SellerId),
                .. new[] { seat.BuyerId, seat.SellerId }.Where(id => id != reader).Select(ChatTopics.Presence),
            ],
            happening => IsOurs(happening) ? run(() => ReceiveAsync(happening)) : Task.CompletedTask
        );
    }

    private bool IsOurs(object happening) =>
        happening switch
        {
            MessagePosted posted => posted.Message.RoomId == roomId,
            MessageChanged changed => changed.Message.RoomId == roomId,
            RoomRead read => read.RoomId == roomId && read.UserId != reader,
            Typing typing => typing.RoomId == roomId,
            PresenceChanged or ListingChanged or AccountChanged or Missed => true,
            _ => false,
        };

    private async Task ReadAsync(MarketplaceDbContext db, RoomAccess access, long? at)
    {
        // The room first: a message that is written between the two statements is merged, or seen as new.
        Room = await access.View(db).SingleOrDefaultAsync();
        if (Room is null)
            return;
        Peer.Look(Room, access.Reader);
        var me = reader is { } id ? Room.Of(id) : null;
        var from =
            at ?? (me is { Unread: > 0 } && Room.LastSeq - me.ReadSeq > HistoryWindow.Page ? me.ReadSeq + 1 : null);
        Target = from <= Room.LastSeq ? from : null;
        await history.BeginAsync(
            Room,
            Target is { } seq ? new HistoryWindow(After: Math.Max(0, seq - Above - 1)) : new HistoryWindow()
        );
        await Margin.ReadAsync(Conversation.Messages);
        ReadSeq = me?.ReadSeq ?? Room.LastSeq;
        if (at is null && me is not null)
            FirstUnread = Conversation.Messages.FirstOrDefault(m => m.Seq > me.ReadSeq && m.SenderId != reader)?.Seq;
    }

    private async Task ExtendAsync(bool hasMore, Func<Task> read)
    {
        if (!hasMore || await enter() is null)
            return;
        await read();
        await Margin.ReadAsync(Conversation.Messages);
    }

    private async Task ReceiveAsync(object happening)
    {
        await loaded.Task;
        if (disposed || Room is null)
            return;
        if (await enter() is not { } access)
            Dispose();
        else if (access.Reader.MayHear(happening))
            await ReceiveAsync(happening, access);
    }

    private Task ReceiveAsync(object happening, RoomAccess access)
    {
        switch (happening)
        {
            case MessagePosted posted:
                if (posted.Message.SenderId != reader)
                    Peer.StopWriting();
                return MergeAsync(posted.Message, access);
            case MessageChanged changed:
                return MergeAsync(changed.Message, access);
            case RoomRead read when Room!.HasReceipts:
                Room = Room.Read(read.UserId, read.Seq);
                break;
            case Typing:
                Peer.Write();
                break;
            case PresenceChanged changed:
                Room = Room!.Met(changed.UserId, changed.At);
                Peer.Look(Room, access.Reader);
                break;
            case ListingChanged or AccountChanged:
                return ReadRoomAsync(access);
            case Missed:
                return CatchUpAsync(access);
        }
        return Task.CompletedTask;
    }

    private Task MergeAsync(MessageView message, RoomAccess access)
    {
        if (Conversation.Add(message) == Merged.Gap)
            return CatchUpAsync(access);
        LookForAnswer([message]);
        return Margin.ReadAsync([message]);
    }

    private void LookForAnswer(IReadOnlyList<MessageView> merged)
    {
        if (merged.Any(message => message.SenderId == reader && message.Seq > FirstUnread))
            FirstUnread = null;
    }

    private async Task CatchUpAsync(RoomAccess access)
    {
        if (await history.CatchUpAsync() is not { } changed)
        {
            await JumpAsync(null);
            return;
        }
        LookForAnswer(changed);
        await Margin.ReadAsync(changed);
        await ReadRoomAsync(access);
    }

    private async Task ReadRoomAsync(RoomAccess access)
    {
        await using var db = await database.CreateDbContextAsync();
        Room = await access.View(db).SingleOrDefaultAsync() ?? Room!;
        Peer.Look(Room, access.Reader);
    }
}
