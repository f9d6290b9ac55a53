using FsCheck;
using FsCheck.Fluent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Tests.Chat;

/// <summary>Random events in a person's rooms, against a model of the list.</summary>
public sealed class InboxRandomTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private readonly List<Expected> rooms = [];
    private Person ana = default!;
    private Person bruno = default!;
    private int written;

    private enum Step
    {
        Hear,
        Answer,
        Read,
        Retract,
        Pin,
        Mark,
        Archive,
        Mute,
        Draft,
    }

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        foreach (var title in new[] { "Mesa", "Silla", "Sofá", "Cama" })
            rooms.Add(new(await bruno.ContactsAsync(await ana.SellsAsync(title))));
        foreach (var room in rooms)
            await WriteAsync(bruno, room);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_list_that_listened_shows_what_one_opened_now_reads(int seed)
    {
        var lists = Enum.GetValues<InboxFilter>().Select(filter => Opened(filter)).ToList();
        foreach (var list in lists)
            await list.LoadAsync();
        var steps = Gen.Choose(0, (int)Step.Draft).Zip(Gen.Choose(0, 999)).ArrayOf(120);
        foreach (var (step, pick) in steps.Sample(1, new Rnd((ulong)seed), 120).Single())
            await DoAsync((Step)step, rooms[pick % rooms.Count], isOn: pick % 2 == 0);

        foreach (var list in lists)
        {
            using var fresh = Opened(list.Filter);
            await fresh.LoadAsync();
            Assert.Equal(Listed(list.Filter), fresh.Rows.Select(row => row.RoomId));
            Assert.All(
                fresh.Rows,
                row => Assert.Equal(Model(row.RoomId).Shown, (row.Unread, row.Draft, row.MutedUntil is not null))
            );
            await Eventually.TrueAsync(
                () => Plain(list).SequenceEqual(Plain(fresh)),
                $"{list.Filter} shows what is stored"
            );
            list.Dispose();
        }
    }

    private InboxSession Opened(InboxFilter filter)
    {
        var list = ana.Inbox.Open(ana.RunAsync);
        list.Choose(filter, null);
        return list;
    }

    // Waiting times only order the list of one listing, and rows just read stay among the unread until the list is
    // reopened.
    private static IEnumerable<InboxRowView> Plain(InboxSession list) =>
        list
            .Rows.Where(row => list.Filter is not InboxFilter.Unread || row.Unread > 0)
            .Select(row => row with { WaitingSince = null });

    private Expected Model(long id) => rooms.Single(room => room.Id == id);

    private IEnumerable<long> Listed(InboxFilter filter) =>
        rooms
            .Where(room => room.IsArchived == filter is InboxFilter.Archived)
            .Where(room => filter is not InboxFilter.Unread || room.Unread > 0)
            .Where(_ => filter is not (InboxFilter.Buying or InboxFilter.Offers or InboxFilter.Agreed))
            .OrderByDescending(room => room.IsPinned && !room.IsArchived)
            .ThenByDescending(room => room.WrittenAt)
            .Select(room => room.Id);

    private async Task DoAsync(Step step, Expected room, bool isOn)
    {
        var memberships = ana.Get<MembershipService>();
        switch (step)
        {
            case Step.Hear:
                await WriteAsync(bruno, room);
                break;
            case Step.Answer:
                await WriteAsync(ana, room);
                break;
            case Step.Read:
                Assert.Null(await ana.Chat.MarkReadAsync(room.Id, room.LastSeq));
                room.Read();
                break;
            case Step.Retract when room.Heard.Count > 0:
                Assert.Null((await bruno.Get<MessageService>().DeleteAsync(room.Id, room.Heard[^1])).Refusal);
                room.Heard.RemoveAt(room.Heard.Count - 1);
                break;
            case Step.Pin:
                Assert.True(await memberships.PinAsync(room.Id, room.IsPinned = isOn));
                break;
            case Step.Mark:
                Assert.True(await memberships.MarkUnreadAsync(room.Id));
                room.IsMarked = true;
                break;
            case Step.Archive:
                Assert.True(await memberships.ArchiveAsync(room.Id, room.IsArchived = isOn));
                break;
            case Step.Mute:
                Assert.True(await memberships.MuteAsync(room.Id, isOn ? null : TimeSpan.Zero));
                room.IsMuted = isOn;
                break;
            case Step.Draft:
                Assert.True(await memberships.KeepDraftAsync(room.Id, room.Draft = isOn ? "Pues mira" : null));
                break;
        }
    }

    private async Task WriteAsync(Person person, Expected room)
    {
        var seq = (await person.SaysAsync(room.Id, $"Mensaje {++written}")).Seq;
        room.Write(seq, isHeard: person == bruno, written);
    }

    private sealed class Expected(long id)
    {
        private long readSeq;

        public long Id => id;
        public long LastSeq { get; private set; }
        public int WrittenAt { get; private set; }

        /// <summary>The seqs of Bruno's messages that are not deleted.</summary>
        public List<long> Heard { get; } = [];

        public bool IsPinned { get; set; }
        public bool IsMarked { get; set; }
        public bool IsArchived { get; set; }
        public bool IsMuted { get; set; }
        public string? Draft { get; set; }

        public long Unread => Math.Max(Heard.Count(seq => seq > readSeq), IsMarked ? 1 : 0);

        public (long Unread, string? Draft, bool IsMuted) Shown => (Unread, Draft, IsMuted);

        public void Write(long seq, bool isHeard, int at)
        {
            (LastSeq, WrittenAt, IsArchived) = (seq, at, false);
            if (isHeard)
                Heard.Add(seq);
        }

        public void Read() => (readSeq, IsMarked) = (LastSeq, false);
    }
}
