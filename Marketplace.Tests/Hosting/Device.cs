using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Tests.Hosting;

/// <summary>
/// Somebody's program at the API and the hub: connected or not, with what it knows of each room, merged as the pages do it.
/// </summary>
internal sealed class Device(string email) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Dictionary<long, MessageWindow> rooms = [];
    private HttpClient http = new();
    private HubClient? hub;
    private string token = "";
    private int merged;

    public long Id { get; private set; }
    public bool IsConnected => hub is not null;

    /// <summary>Signs in at a server that has just started.</summary>
    public async Task EnterAsync(ServerProcess server)
    {
        token = await server.TokenAsync(email);
        http = new HttpClient { BaseAddress = server.Client.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Id = (await http.GetFromJsonAsync<JsonElement>("/api/account/me")).GetProperty("id").GetInt64();
    }

    /// <summary>Listens, then reads what changed since.</summary>
    public async Task ConnectAsync()
    {
        hub = await HubClient.ConnectAsync(http.BaseAddress!, token);
        merged = 0;
        // The first answer says that the connection listens.
        await Assert.ThrowsAsync<HubException>(() => hub.CallAsync("MarkRead", new { roomId = 0, seq = 1 }));
        foreach (var (room, conversation) in rooms)
            conversation.CatchUp(
                await ReadAsync($"/api/rooms/{room}/messages?changedAfter={conversation.Rev}&limit=199")
            );
    }

    public async Task DropAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        hub = null;
    }

    public async Task<long> ContactAsync(long listing)
    {
        var answer = await http.PostAsync($"/api/listings/{listing}/rooms", null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    /// <summary>Follows a room, from its beginning.</summary>
    public async Task FollowAsync(long room)
    {
        rooms.Add(room, new MessageWindow());
        rooms[room].Begin(await HistoryAsync(room), rev: 0, newestSeq: 0);
    }

    /// <summary>Over the hub where it is connected; gives the place.</summary>
    public async Task<long> SendAsync(long room, Guid clientId, string body)
    {
        if (hub is not null)
            return (
                await hub.CallAsync(
                    "Post",
                    new
                    {
                        roomId = room,
                        clientId,
                        body,
                    }
                )
            ).GetProperty("seq").GetInt64();
        var answer = await http.PostAsJsonAsync($"/api/rooms/{room}/messages", new { clientId, body });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64();
    }

    public async Task ReadToAsync(long room, long seq) =>
        (await http.PutAsJsonAsync($"/api/rooms/{room}/read", new { seq })).EnsureSuccessStatusCode();

    public async Task EditAsync(long room, long seq, string body) =>
        (await http.PutAsJsonAsync($"/api/rooms/{room}/messages/{seq}", new { body })).EnsureSuccessStatusCode();

    public async Task DeleteAsync(long room, long seq) =>
        (await http.DeleteAsync($"/api/rooms/{room}/messages/{seq}")).EnsureSuccessStatusCode();

    public async Task ReactAsync(long room, long seq, string? sign) =>
        (
            await http.PutAsJsonAsync($"/api/rooms/{room}/messages/{seq}/reaction", new { sign })
        ).EnsureSuccessStatusCode();

    public async Task<Dictionary<long, long>> UnreadAsync() =>
        (await http.GetFromJsonAsync<JsonElement>("/api/rooms?limit=199"))
            .GetProperty("items")
            .EnumerateArray()
            .ToDictionary(room => room.GetProperty("id").GetInt64(), room => room.GetProperty("unread").GetInt64());

    public Task<List<MessageView>> HistoryAsync(long room) =>
        ReadAsync($"/api/rooms/{room}/messages?after=0&limit=199");

    /// <summary>What it shows of a room, with all that it was told until now. A hole is a failure: it was listening.</summary>
    public IReadOnlyList<MessageView> Shown(long room)
    {
        foreach (var (target, argument) in hub!.Events.Skip(merged).ToList())
        {
            merged++;
            if (target is not ("MessagePosted" or "MessageChanged"))
                continue;
            var message = argument.Deserialize<MessageView>(Json)!;
            if (rooms.TryGetValue(message.RoomId, out var conversation))
                Assert.NotEqual(Merged.Gap, conversation.Add(message));
        }
        return rooms[room].Messages;
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        http.Dispose();
    }

    private async Task<List<MessageView>> ReadAsync(string? path)
    {
        var all = new List<MessageView>();
        for (var first = path!; path is not null; )
        {
            var page = await http.GetFromJsonAsync<JsonElement>(path);
            all.AddRange(page.GetProperty("items").Deserialize<List<MessageView>>(Json)!);
            path = page.GetProperty("next").GetString() is { } next
                ? $"{first[..(first.IndexOf('=') + 1)]}{next}&limit=199"
                : null;
        }
        return all;
    }
}
