using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Marketplace.Web.Notifications;

namespace Marketplace.Tests.Support;

/// <summary>What a browser of the person hears on every page.</summary>
public sealed class Feed : IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private readonly ConcurrentQueue<SseItem<string>> items = new();

    private Feed(Person person) => Ended = Task.Run(() => HearAsync(person));

    public Task Ended { get; }

    public static Feed Of(Person person) => new(person);

    public static async Task<Feed> BeginAsync(Person person)
    {
        var feed = new Feed(person);
        await Eventually.TrueAsync(() => feed.Of("numbers").Count == 1, "the feed has begun");
        return feed;
    }

    public IReadOnlyList<string> Of(string kind) =>
        [.. items.Where(item => item.EventType == kind).Select(item => item.Data)];

    public Task HearsAsync(string kind, string data) =>
        Eventually.TrueAsync(() => Of(kind) is [.., var last] && last == data, $"the last {kind} is {data}");

    public async Task<NoticeToast> ToastAsync(int number = 1)
    {
        await Eventually.TrueAsync(() => Of("toast").Count >= number, $"toast {number} came");
        return JsonSerializer.Deserialize<NoticeToast>(Of("toast")[number - 1], JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await Ended.InTimeAsync("the feed ended");
        leaving.Dispose();
    }

    private async Task HearAsync(Person person)
    {
        await foreach (var item in person.Get<NoticeFeed>().ReadAsync(leaving.Token))
            items.Enqueue(item);
    }
}
