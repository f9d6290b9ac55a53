using System.Collections.Concurrent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

/// <summary>Answers that are lost after the commit, and rooms that others keep locked.</summary>
public sealed class JournalOutageTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new() { Beside = Replace };
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync() => (ana, bruno, room) = await app.TalkAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_told_when_it_is_sent_again()
    {
        using var listening = Listen(out var told);
        var id = Guid.NewGuid();
        Store.LosesAnswer = true;
        var sent = await bruno.Chat.SendAsync(room, id, "¿Sigue a la venta?");
        Assert.Equal(RefusalKind.Busy, sent.Refusal!.Kind);
        Assert.Empty(told.OfType<MessagePosted>());
        var again = (await bruno.Chat.SendAsync(room, id, "¿Sigue a la venta?")).Value!;
        Assert.True(again.Repeated);
        await Eventually.TrueAsync(
            () => told.OfType<MessagePosted>().Any(posted => posted.Message.ClientId == id),
            "Ana hears of it"
        );
    }

    [Fact]
    public async Task So_is_a_change()
    {
        var seq = (await bruno.SaysAsync(room, "Doy 50")).Seq;
        using var listening = Listen(out var told);
        Store.LosesAnswer = true;
        Assert.False((await bruno.Get<MessageService>().EditAsync(room, seq, "Doy 60")).Succeeded);
        Assert.True((await bruno.Get<MessageService>().EditAsync(room, seq, "Doy 60")).Succeeded);
        await Eventually.TrueAsync(
            () => told.OfType<MessageChanged>().Any(changed => changed.Message.Body == "Doy 60"),
            "Ana hears of it"
        );
    }

    [Fact]
    public async Task A_locked_room_holds_up_no_other()
    {
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        Store.Locked = room;
        var waiting = Enumerable.Range(1, 3).Select(i => bruno.Chat.SendAsync(room, Guid.NewGuid(), $"{i}")).ToList();
        await Eventually.TrueAsync(() => Store.Refused > 0, "the journal met the locked room");
        Assert.Equal(1, (await ana.SaysAsync(other, "Buenas")).Seq);
        waiting.Add(bruno.Chat.SendAsync(room, Guid.NewGuid(), "4"));
        Assert.Equal(2, (await ana.SaysAsync(other, "¿Qué tal?")).Seq);
        Assert.All(waiting, send => Assert.False(send.IsCompleted));
        Store.Locked = 0;
        var sent = await Task.WhenAll(waiting).InTimeAsync("the room is free, and all were written");
        Assert.Equal([1, 2, 3, 4], sent.Select(one => one.Value!.Message.Seq));
        Assert.Equal(["1", "2", "3", "4"], sent.Select(one => one.Value!.Message.Body));
    }

    [Fact]
    public void What_waits_for_a_locked_room_is_refused_after_half_a_minute()
    {
        var clock = new HandClock();
        var locked = new LockedRooms(clock);
        var (old, young) = (new ReadMark(1, 7, 3, false), new ReadMark(1, 7, 4, false));
        Assert.Empty(locked.Put([old], new([1])));
        clock.Advance(TimeSpan.FromSeconds(29));
        young.TakenAt = clock.GetTimestamp();
        Assert.True(locked.TryQueue(young));
        Assert.Equal([old, young], locked.Take(10));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(locked.Put([old, young], new([1])));
        Assert.IsType<RoomsLockedException>(old.Stored.Exception!.InnerException);
        Assert.False(young.Stored.IsCompleted);
        Assert.Empty(locked.Take(10));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([young], locked.Take(10));
        Assert.True(locked.IsEmpty);
        Assert.False(locked.TryQueue(young));
    }

    [Fact]
    public void Who_failed_long_ago_is_forgotten()
    {
        var untold = new UntoldWrites();
        for (var person = 0; person <= UntoldWrites.Max; person++)
            untold.Note(new ReadMark(1, person, 1, false));
        Assert.False(untold.Concern(new ReadMark(1, 0, 1, false)));
        Assert.True(untold.Concern(new ReadMark(1, 1, 9, false)));
        Assert.False(untold.Concern(new ReadMark(2, 1, 9, false)));
    }

    private Unreliable Store => (Unreliable)app.Services.GetRequiredService<IJournalStore>();

    private Subscription Listen(out ConcurrentQueue<object> told)
    {
        var heard = told = [];
        return app
            .Services.GetRequiredService<Broadcaster>()
            .Subscribe(
                [ChatTopics.Room(room)],
                told =>
                {
                    heard.Enqueue(told);
                    return Task.CompletedTask;
                }
            );
    }

    private static void Replace(IServiceCollection services)
    {
        var inner = services.Last(one => one.ServiceType == typeof(IJournalStore)).ImplementationType!;
        services.AddSingleton<IJournalStore>(provider => new Unreliable(
            (IJournalStore)ActivatorUtilities.CreateInstance(provider, inner)
        ));
    }

    /// <summary>Loses an answer after the commit, once, and finds a room locked, as SQL Server may.</summary>
    private sealed class Unreliable(IJournalStore inner) : IJournalStore
    {
        public volatile bool LosesAnswer;

        public long Locked { get; set; }

        public int Refused { get; private set; }

        public async Task<T> InTransactionAsync<T>(Func<IJournalTransaction, Task<T>> work)
        {
            var result = await inner.InTransactionAsync(transaction => work(new Transaction(transaction, this)));
            if (!LosesAnswer)
                return result;
            LosesAnswer = false;
            throw new IOException("as asked");
        }

        private sealed class Transaction(IJournalTransaction inner, Unreliable store) : IJournalTransaction
        {
            public MarketplaceDbContext Context => inner.Context;

            public Task<IReadOnlyDictionary<long, RoomMembers>> LockAsync(IReadOnlyList<long> roomIds)
            {
                if (!roomIds.Contains(store.Locked))
                    return inner.LockAsync(roomIds);
                store.Refused++;
                throw new RoomsLockedException([store.Locked]);
            }

            public Task<IReadOnlyList<Message>> FindAsync(IReadOnlyCollection<MessageKey> keys) =>
                inner.FindAsync(keys);

            public Task<Message?> AtAsync(long roomId, long seq) => inner.AtAsync(roomId, seq);

            public Task<int> CountDeletedAsync(long roomId, long above, long personId) =>
                inner.CountDeletedAsync(roomId, above, personId);

            public Task AddAsync(IReadOnlyList<(Message Message, RoomMembers InRoom)> messages) =>
                inner.AddAsync(messages);

            public Task NotifyAsync(IReadOnlyList<Notice> told) => inner.NotifyAsync(told);

            public Task ChangeAsync(Message message, RoomMembers inRoom, MessageVersion? replaced) =>
                inner.ChangeAsync(message, inRoom, replaced);

            public Task SaveAsync(IReadOnlyCollection<Room> rooms, IReadOnlyCollection<Membership> members) =>
                inner.SaveAsync(rooms, members);
        }
    }
}
