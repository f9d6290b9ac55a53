using System.Net.Http.Json;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Xunit.Abstractions;

namespace Marketplace.Tests.Hosting;

/// <summary>
/// What people and machines do, in an order that nobody chose, against a model of what must be. <c>scripts/soak</c> sets
/// MARKETPLACE_SOAK_OPERATIONS and MARKETPLACE_SOAK_SEED and runs it for long.
/// </summary>
public sealed class RandomTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Operations = Soak.Setting("MARKETPLACE_SOAK_OPERATIONS", 200);
    private static readonly int Seed = Soak.Setting("MARKETPLACE_SOAK_SEED", 20261125);

    private readonly DirectoryInfo folder = DemoFolder.Copy();
    private readonly Device[] people = [new("ana@demo.local"), new("bruno@demo.local"), new("lucia@demo.local")];
    private readonly Dictionary<(int Buyer, long Listing), RoomModel> talks = [];
    private ServerProcess server = default!;
    private long[] listings = [];

    private enum Step
    {
        Contact,
        Send,
        Repeat,
        Read,
        Edit,
        Delete,
        React,
        Drop,
        Connect,
        Kill,
    }

    private sealed record Operation(Step Step, int Person, int Pick);

    public async Task InitializeAsync()
    {
        await StartAsync();
        var found = await server.Client.GetFromJsonAsync<JsonElement>("/api/listings?limit=100");
        listings =
        [
            .. found
                .GetProperty("items")
                .EnumerateArray()
                .Where(one => one.GetProperty("sellerId").GetInt64() == people[0].Id)
                .Select(one => one.GetProperty("id").GetInt64())
                .Take(4),
        ];
        await TalkAsync(buyer: 1, listings[0]);
    }

    public async Task DisposeAsync()
    {
        foreach (var person in people)
            await person.DisposeAsync();
        server.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Whatever_happens_in_whatever_order_is_as_it_must_be()
    {
        output.WriteLine($"Seed {Seed}, {Operations} operations");
        foreach (var operation in Any().ArrayOf(Operations).Sample(1, new Rnd((ulong)Seed), Operations).Single())
            await DoAsync(operation);
        await LookAsync();
    }

    private static Gen<Operation> Any() =>
        from step in Gen.Frequency(
            (8, Gen.Constant(Step.Contact)),
            (60, Gen.Constant(Step.Send)),
            (15, Gen.Constant(Step.Repeat)),
            (20, Gen.Constant(Step.Read)),
            (15, Gen.Constant(Step.Edit)),
            (8, Gen.Constant(Step.Delete)),
            (12, Gen.Constant(Step.React)),
            (8, Gen.Constant(Step.Drop)),
            (12, Gen.Constant(Step.Connect)),
            (1, Gen.Constant(Step.Kill))
        )
        from person in Gen.Choose(0, 2)
        from pick in Gen.Choose(0, int.MaxValue - 1)
        select new Operation(step, person, pick);

    private Task DoAsync(Operation operation)
    {
        var person = people[operation.Person];
        var mine = talks.Values.Where(talk => talk.Members.Contains(person)).ToList();
        if (operation.Step is Step.Contact && operation.Person > 0)
            return TalkAsync(operation.Person, listings[operation.Pick % listings.Length]);
        if (operation.Step is Step.Kill)
            return KillAsync(operation.Pick);
        if (mine.Count == 0)
            return Task.CompletedTask;
        var talk = mine[operation.Pick % mine.Count];
        return operation.Step switch
        {
            Step.Send => SendAsync(person, talk, operation.Pick),
            Step.Repeat => RepeatAsync(person, talk, operation.Pick),
            Step.Read => ReadAsync(person, talk, operation.Pick % (talk.Said.Count + 3)),
            Step.Edit => EditAsync(person, talk, operation.Pick),
            Step.Delete => DeleteAsync(person, talk, operation.Pick),
            Step.React => ReactAsync(person, talk, operation.Pick),
            Step.Drop => person.DropAsync(),
            Step.Connect when !person.IsConnected => person.ConnectAsync(),
            _ => Task.CompletedTask,
        };
    }

    private async Task TalkAsync(int buyer, long listing)
    {
        var room = await people[buyer].ContactAsync(listing);
        if (talks.TryGetValue((buyer, listing), out var known))
        {
            Assert.Equal(known.Room, room);
            return;
        }
        var talk = talks[(buyer, listing)] = new RoomModel(room, [people[0], people[buyer]]);
        // The demo's people have talked before.
        var before = await people[buyer].HistoryAsync(room);
        talk.Said.AddRange(
            before.Select(m => new Said(talk.Members.Single(p => p.Id == m.SenderId), m.ClientId, m.Body)
            {
                IsFresh = false,
            })
        );
        foreach (var member in talk.Members)
        {
            await member.FollowAsync(room);
            await ReadAsync(member, talk, talk.Said.Count);
        }
    }

    private static async Task SendAsync(Device person, RoomModel talk, int pick)
    {
        var said = new Said(person, Guid.NewGuid(), $"mensaje {pick} ñandú 👍");
        talk.Said.Add(said);
        Assert.Equal(talk.Said.Count, await person.SendAsync(talk.Room, said.ClientId, said.Body));
    }

    private static async Task RepeatAsync(Device person, RoomModel talk, int pick)
    {
        var mine = talk.Said.FindAll(said => said.By == person);
        if (mine.Count == 0)
            return;
        var first = mine[pick % mine.Count];
        Assert.Equal(talk.Said.IndexOf(first) + 1, await person.SendAsync(talk.Room, first.ClientId, "otra cosa"));
    }

    private static async Task EditAsync(Device person, RoomModel talk, int pick)
    {
        if (talk.Own(person, pick) is not (var seq, var said))
            return;
        said.Edit($"corregido {pick} 🙂");
        await person.EditAsync(talk.Room, seq, said.Body);
    }

    private static async Task DeleteAsync(Device person, RoomModel talk, int pick)
    {
        if (talk.Own(person, pick) is not (var seq, var said))
            return;
        said.Delete();
        await person.DeleteAsync(talk.Room, seq);
    }

    private static async Task ReactAsync(Device person, RoomModel talk, int pick)
    {
        var place = pick % Math.Max(1, talk.Said.Count);
        if (talk.Said.Count == 0 || talk.Said[place].IsDeleted)
            return;
        var sign = (pick % 3) switch
        {
            0 => "👍",
            1 => "❤️",
            _ => null,
        };
        talk.Said[place].React(person, sign);
        await person.ReactAsync(talk.Room, place + 1, sign);
    }

    private static async Task ReadAsync(Device person, RoomModel talk, long seq)
    {
        await person.ReadToAsync(talk.Room, seq);
        talk.Read[person] = Math.Max(talk.Read[person], Math.Min(seq, talk.Said.Count));
    }

    // In the middle of some messages: whether one was stored, its sender finds out by sending it again.
    private async Task KillAsync(int pick)
    {
        await LookAsync();
        var under = talks.Values.ElementAt(pick % talks.Count);
        var way = Enumerable
            .Range(0, 6)
            .Select(i => new Said(under.Members[i % 2], Guid.NewGuid(), $"al caer {pick}-{i}"))
            .Select(said => (Said: said, Sent: said.By.SendAsync(under.Room, said.ClientId, said.Body)))
            .ToList();
        if (pick % 2 == 0)
            await way[0].Sent;
        await server.KillAsync();
        var connected = people.Where(person => person.IsConnected).ToList();
        foreach (var person in people)
            await person.DropAsync();
        server.Dispose();
        await StartAsync();
        var places = new SortedDictionary<long, Said>();
        foreach (var (said, _) in way)
            places.Add(await said.By.SendAsync(under.Room, said.ClientId, said.Body), said);
        foreach (var (said, sent) in way)
            if (sent.IsCompletedSuccessfully)
                Assert.Same(said, places[await sent]);
        foreach (var (place, said) in places)
        {
            under.Said.Add(said);
            Assert.Equal(under.Said.Count, place);
        }
        foreach (var person in connected)
            await person.ConnectAsync();
        await LookAsync();
    }

    private async Task StartAsync()
    {
        server = await ServerProcess.StartAsync(folder);
        foreach (var person in people)
            await person.EnterAsync(server);
    }

    // The database, the numbers, and what each open device shows.
    private async Task LookAsync()
    {
        foreach (var person in people)
        {
            var unread = await person.UnreadAsync();
            foreach (var talk in talks.Values.Where(talk => talk.Members.Contains(person)))
            {
                var expected = talk
                    .Said.Select((said, i) => (i + 1L, said.By.Id, said.ClientId, said.Body, Signs(said)))
                    .ToList();
                Assert.Equal(expected, (await person.HistoryAsync(talk.Room)).Select(Facts));
                Assert.Equal(talk.Unread(person), unread.GetValueOrDefault(talk.Room));
                if (person.IsConnected)
                    await Eventually.TrueAsync(
                        () => Shows(person.Shown(talk.Room).Select(Facts).ToList(), expected),
                        "an open device shows what was said"
                    );
            }
        }
    }

    // The newest part, without a hole: at least what a page loads.
    private static bool Shows<T>(List<T> shown, List<T> said) =>
        shown.Count >= Math.Min(said.Count, MessageRange.Page) && shown.SequenceEqual(said.TakeLast(shown.Count));

    private static (long Seq, long SenderId, Guid ClientId, string Body, string Signs) Facts(MessageView message) =>
        (
            message.Seq,
            message.SenderId,
            message.ClientId,
            message.Body,
            Signs((message.Reactions ?? []).Select(one => KeyValuePair.Create(one.UserId, one.Sign)))
        );

    private static string Signs(Said said) => Signs(said.Reactions);

    private static string Signs(IEnumerable<KeyValuePair<long, string>> reactions) =>
        string.Join(' ', reactions.OrderBy(one => one.Key).Select(one => $"{one.Key}{one.Value}"));
}
