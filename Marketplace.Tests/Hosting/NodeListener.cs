using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Marketplace.Tests.Hosting;

/// <summary>A program that listens to one room on one node, and reads what it missed when it is back.</summary>
internal sealed class NodeListener(Func<ServerProcess> node, string token, long room) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<long, Guid> shown = new();
    private Task listening = Task.CompletedTask;
    private long rev;

    /// <summary>By seq.</summary>
    public IReadOnlyDictionary<long, Guid> Shown => shown;

    public void Start() => listening = ListenAsync();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await listening;
        end.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(node().Client.BaseAddress!);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                await Task.Delay(Pause).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task ListenOnceAsync(Uri address)
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(address, "/hubs/chat"),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)
            )
            .Build();
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        connection.On<JsonElement>("MessagePosted", Show);
        await connection.StartAsync(end.Token);
        try
        {
            await connection.InvokeAsync("Typing", new { roomId = 0 }, end.Token);
        }
        catch (HubException)
        {
            // The answer, a refusal, says that the connection listens.
        }
        await CatchUpAsync(address);
        await Task.WhenAny(closed.Task, Task.Delay(Timeout.Infinite, end.Token));
    }

    private async Task CatchUpAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        for (string? after = $"{rev}"; after is not null; )
        {
            var page = await http.GetFromJsonAsync<JsonElement>(
                $"/api/rooms/{room}/messages?changedAfter={after}&limit=199",
                end.Token
            );
            foreach (var message in page.GetProperty("items").EnumerateArray())
                Show(message);
            after = page.GetProperty("next").GetString();
        }
    }

    private void Show(JsonElement message)
    {
        if (message.GetProperty("roomId").GetInt64() != room)
            return;
        var (seq, id) = (message.GetProperty("seq").GetInt64(), message.GetProperty("clientId").GetGuid());
        Assert.Equal(id, shown.GetOrAdd(seq, id));
        // Only without a hole: what is missing is read after the next connection.
        while (shown.ContainsKey(rev + 1))
            rev++;
    }
}
