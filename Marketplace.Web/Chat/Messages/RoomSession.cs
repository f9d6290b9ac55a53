using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>A room on one screen. Subscribes before it reads, and authorises each event again.</summary>
/// <param name="run">The page's dispatcher; everything runs on it, so nothing is locked. Null means not live.</param>
public sealed class RoomSession(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    Presence presence,
    FigureTally tally,
    TimeProvider clock,
    RoomReader reader,
    Func<Func<Task>, Task>? run
) : IDisposable
{
    private const int Above = 10;

    private readonly LiveSubscription live = new();
    private readonly MessageLoader loader = new(database, reader.RoomId);
    private long? me;

    /// <summary>Null until loaded, and without permission.</summary>
    public RoomView? Room { get; private set; }
    public MessageWindow Window => loader.Window;

    /// <summary>The first unread seq at opening; null if none, and once the reader has answered.</summary>
    public long? FirstUnread { get; private set; }

    /// <summary>The read mark at the last load; the newest seq for a supervisor.</summary>
    public long ReadSeq { get; private set; }

    public long? Target { get; private set; }

    public PeerStatus Peer { get; } = new(presence, clock, run);

    public LinkedListings Linked { get; private set; } = new(database, null);

    public RoomCautions Cautions { get; private set; } = new(clock, null, null, null);

    public EarlierVersions Earlier { get; } = new(database, reader.IsSupervising);

    /// <summary>Returns false if there is no such room for this reader.</summary>
    /// <param name="at">Null for the first unread message if beyond the newest page, else the newest.</param>
    public async Task<bool> LoadAsync(long? at = null, string? site = null)
    {
        if (await reader.EnterAsync() is not { } account)
            return false;
        me = reader.IsSupervising ? null : account.Id;
        Linked = new LinkedListings(database, site);
        Cautions = new RoomCautions(clock, me, site, run is null ? null : tally);
        await using var db = await database.CreateDbContextAsync();
        if (await reader.Parties(db, account).SingleOrDefaultAsync() is not { } parties)
            return false;
        Listen(reader.Topic(account), parties);
        await ReadAsync(db, account, at);
        live.Loaded();
        return Room is not null;
    }

    public Task LoadOlderAsync() => ExtendAsync(Window.HasOlder(Room?.FirstSeq ?? 1), loader.ReadOlderAsync);

    public Task LoadNewerAsync() => ExtendAsync(Window.HasNewer, loader.ReadNewerAsync);

    public async Task JumpAsync(long? seq)
    {
        if (await reader.EnterAsync() is not { } account)
            return;
        FirstUnread = null;
        await using var db = await database.CreateDbContextAsync();
        await ReadAsync(db, account, seq ?? long.MaxValue);
    }

    /// <summary>Shows the first messages from this time (UTC) on.</summary>
    public async Task JumpAsync(DateTime time)
    {
        await using var db = await database.CreateDbContextAsync();
        await JumpAsync(await MessageDates.SeqAtAsync(db, reader.RoomId, time));
    }

    public Receipt Receipt(MessageView message) =>
        me is { } id && Room is { HasReceipts: true } room
            ? Peer.Receipt(room.Other(id), message.Seq, message.SentAt)
            : Rooms.Receipt.Sent;

    public void Dispose()
    {
        Peer.StopTyping();
        live.Dispose();
    }

    private void Listen(Topic topic, RoomParties parties)
    {
        if (run is null || live.IsDisposed)
            return;
        Topic[] topics =
        [
            topic,
            ListingTopics.Listing(parties.ListingId),
            AccountTopics.Account(parties.BuyerId),
            AccountTopics.Account(parties.SellerId),
            .. new[] { parties.BuyerId, parties.SellerId }.Where(id => id != me).Select(ChatTopics.Presence),
        ];
        live.Hold(
            broadcaster.Subscribe(
                topics,
                told => IsOurs(told) ? run(() => live.ReceiveAsync(() => ReceiveAsync(told))) : Task.CompletedTask,
                // Until the first load, nothing can be behind.
                new Shown(ChatTopics.Room(reader.RoomId), () => Room is null ? long.MaxValue : Window.Rev)
            )
        );
    }

    private bool IsOurs(object told) =>
        told switch
        {
            MessagePosted posted => posted.Message.RoomId == reader.RoomId,
            MessageChanged changed => changed.Message.RoomId == reader.RoomId,
            RoomRead read => read.RoomId == reader.RoomId && read.UserId != me,
            Typing typing => typing.RoomId == reader.RoomId,
            RoomRestricted restricted => restricted.Room.RoomId == reader.RoomId,
            RoomPurged purged => purged.RoomId == reader.RoomId,
            PresenceChanged or ListingChanged or AccountChanged or Missed => true,
            _ => false,
        };

    private async Task ReadAsync(MarketplaceDbContext db, AccountState account, long? at)
    {
        // Read before the messages: one written in between is then merged, or seen as new.
        Room = await reader.Room(db, account).SingleOrDefaultAsync();
        if (Room is null)
            return;
        Peer.Look(Room, Member(account));
        var mine = me is { } id ? Room.Of(id) : null;
        var from =
            at
            ?? (mine is { Unread: > 0 } && Room.LastSeq - mine.ReadSeq > MessageRange.Page ? mine.ReadSeq + 1 : null);
        Target = from <= Room.LastSeq ? from : null;
        await loader.BeginAsync(
            Room,
            Target is { } seq ? new MessageRange(After: Math.Max(0, seq - Above - 1)) : new MessageRange()
        );
        await ReadBesideAsync(Window.Messages);
        ReadSeq = mine?.ReadSeq ?? Room.LastSeq;
        if (at is null && mine is not null)
            FirstUnread = Window.Messages.FirstOrDefault(m => m.Seq > mine.ReadSeq && m.SenderId != me)?.Seq;
    }

    private async Task ExtendAsync(bool hasMore, Func<Task> read)
    {
        if (!hasMore || await reader.EnterAsync() is null)
            return;
        await read();
        await ReadBesideAsync(Window.Messages);
    }

    private async Task ReadBesideAsync(IReadOnlyList<MessageView> messages)
    {
        await Linked.ReadAsync(messages);
        await Earlier.ReadAsync(messages);
        Cautions.Read(Room!, Window, messages);
    }

    private async Task ReceiveAsync(object told)
    {
        if (Room is null)
            return;
        if (await reader.EnterAsync() is not { } account)
            Dispose();
        else if (Member(account).MayHear(told))
            await ReceiveAsync(told, account);
    }

    private AccountState? Member(AccountState account) => reader.IsSupervising ? null : account;

    private Task ReceiveAsync(object told, AccountState account)
    {
        switch (told)
        {
            case MessagePosted posted:
                if (posted.Message.SenderId != me)
                    Peer.StopTyping();
                return MergeAsync(posted.Message, account);
            case MessageChanged changed:
                return MergeAsync(changed.Message, account);
            case RoomRead read when Room!.HasReceipts:
                Room = Room.Read(read.UserId, read.Seq);
                break;
            case Typing when !Room!.IsBlocked:
                Peer.Write();
                break;
            case PresenceChanged changed:
                Room = Room!.Met(changed.UserId, changed.At);
                Peer.Look(Room, Member(account));
                break;
            case RoomRestricted restricted:
                return RestrictAsync(restricted, account);
            case RoomPurged purged:
                Room = Room! with { FirstSeq = purged.FirstSeq };
                Window.Cut(purged.FirstSeq);
                break;
            case ListingChanged or AccountChanged:
                return ReadRoomAsync(account);
            case Missed:
                return CatchUpAsync(account);
        }
        return Task.CompletedTask;
    }

    private Task RestrictAsync(RoomRestricted restricted, AccountState account)
    {
        Peer.StopTyping();
        if (Window.Pass(restricted.Rev) == Merged.Gap)
            return CatchUpAsync(account);
        // Those of two that are told at once may come in the wrong order.
        if (restricted.Rev > Room!.Rev)
            Room = Room with { Rev = restricted.Rev, Restrictions = restricted.Room.Restrictions };
        Peer.Look(Room, Member(account));
        return Task.CompletedTask;
    }

    private Task MergeAsync(MessageView message, AccountState account)
    {
        if (Window.Add(message) == Merged.Gap)
            return CatchUpAsync(account);
        LookForAnswer([message]);
        return message.Kind.IsOfDeal() ? ReadDealAsync(message, account) : ReadBesideAsync([message]);
    }

    private async Task ReadDealAsync(MessageView message, AccountState account)
    {
        await ReadRoomAsync(account);
        await ReadBesideAsync([message]);
    }

    private void LookForAnswer(IReadOnlyList<MessageView> merged)
    {
        if (merged.Any(message => message.SenderId == me && message.Seq > FirstUnread))
            FirstUnread = null;
    }

    private async Task CatchUpAsync(AccountState account)
    {
        // The room before its messages, so that none of its changes is passed over.
        await ReadRoomAsync(account);
        if (await loader.CatchUpAsync() is not { } changed)
        {
            await JumpAsync(null);
            return;
        }
        Window.Reach(Room!.Rev);
        LookForAnswer(changed);
        await ReadBesideAsync(changed);
    }

    private async Task ReadRoomAsync(AccountState account)
    {
        await using var db = await database.CreateDbContextAsync();
        Room = await reader.Room(db, account).SingleOrDefaultAsync() ?? Room!;
        Peer.Look(Room, Member(account));
    }
}
