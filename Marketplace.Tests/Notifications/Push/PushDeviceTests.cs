using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>A browser gets push messages for who is signed in there, as long as they are.</summary>
public sealed class PushDeviceTests(PushSite site) : IClassFixture<PushSite>, IAsyncLifetime
{
    private readonly PushHost host = new(site.Clock);
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync() => (ana, bruno, room) = await site.App.TalkAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_same_browser_is_one_device_however_often_a_page_is_opened()
    {
        var phone = host.Subscribe();
        var first = await PushSite.KeepAsync(ana, phone);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await PushSite.KeepAsync(ana, phone);
        Assert.Equal((true, false), (first.Value.IsNew, second.Value.IsNew));
        var device = Assert.Single(await ana.Get<PushService>().ListAsync());
        Assert.Equal(TimeSpan.FromMinutes(1), device.ConfirmedAt - device.AddedAt);
        Assert.True(device.IsThisSession);
    }

    [Fact]
    public async Task A_subscription_whose_messages_never_arrive_is_replaced_by_the_page_s_next()
    {
        var (silent, working) = (host.Subscribe(), host.Subscribe());
        await PushSite.AddAsync(ana, silent);
        await bruno.SaysAsync(room, "hola");
        await site.AfterAsync(PushSite.Soon);
        await PushSite.AddAsync(ana, working);
        await bruno.SaysAsync(room, "¿estás?");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal([silent, working], host.Received.Select(one => one.To));
        Assert.Single(await ana.Get<PushService>().ListAsync());
    }

    [Fact]
    public async Task A_message_that_comes_while_the_browser_changes_its_place_is_not_lost()
    {
        await PushSite.AddAsync(ana, host.Subscribe());
        await bruno.SaysAsync(room, "hola");
        var next = host.Subscribe();
        await PushSite.AddAsync(ana, next);
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal(next, Assert.Single(host.Received).To);
    }

    [Fact]
    public async Task Who_signs_in_next_on_a_browser_gets_their_own_and_the_other_nothing_there()
    {
        var shared = host.Subscribe();
        await PushSite.AddAsync(ana, shared);
        await PushSite.AddAsync(bruno, shared);
        await bruno.SaysAsync(room, "hola");
        await ana.SaysAsync(room, "qué tal");
        await site.AfterAsync(PushSite.Soon);
        Assert.Equal("Ana", Assert.Single(host.Received).Title);
        Assert.Empty(await ana.Get<PushService>().ListAsync());
    }

    [Fact]
    public async Task Who_knows_an_address_but_not_its_secret_takes_nothing_away()
    {
        var phone = host.Subscribe();
        await PushSite.AddAsync(ana, phone);
        using var other = PushBrowser.At(phone.Endpoint);
        await PushSite.AddAsync(bruno, other);
        Assert.Single(await ana.Get<PushService>().ListAsync());
    }

    [Fact]
    public async Task The_device_that_was_away_longest_makes_room_for_a_new_one()
    {
        var first = await site.App.EnterAsync(ana.Id);
        var oldest = await PushSite.AddAsync(first, host.Subscribe());
        for (var at = 1; at <= PushService.MaxDevices; at++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await PushSite.AddAsync(await site.App.EnterAsync(ana.Id), host.Subscribe());
        }
        var left = await ana.Get<PushService>().ListAsync();
        Assert.Equal(PushService.MaxDevices, left.Count);
        Assert.DoesNotContain(left, device => device.Id == oldest);
    }

    [Fact]
    public async Task A_device_ends_with_its_session_and_others_stay()
    {
        var other = await site.App.EnterAsync(ana.Id);
        await PushSite.AddAsync(ana, host.Subscribe());
        await PushSite.AddAsync(other, host.Subscribe());
        await other.Get<SessionService>().EndOwnAsync();
        Assert.True(Assert.Single(await ana.Get<PushService>().ListAsync()).IsThisSession);
    }

    [Theory]
    [InlineData("http://push.example.net/x")]
    [InlineData("https://ana:clave@push.example.net/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://[::ffff:192.168.0.1]/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("/push/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_no_push_service_s_is_refused(string endpoint)
    {
        using var browser = PushBrowser.At(new Uri("https://push.example.net"));
        var kept = await ana.Get<PushService>().KeepAsync(endpoint, browser.PublicKey, browser.Secret, null);
        Assert.Equal(RefusalKind.Invalid, kept.Refusal?.Kind);
    }

    [Theory]
    [InlineData("", "BTBZMqHH6r4Tts7J_aSIgg")]
    [InlineData("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZ")]
    [InlineData(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw5",
        "BTBZMqHH6r4Tts7J_aSIgg"
    )]
    public async Task Keys_that_are_none_are_refused(string publicKey, string secret)
    {
        var kept = await ana.Get<PushService>().KeepAsync("https://push.example.net/x", publicKey, secret, null);
        Assert.Equal(RefusalKind.Invalid, kept.Refusal?.Kind);
    }

    [Fact]
    public async Task A_program_does_the_same_by_the_API()
    {
        using var client = await ana.ClientAsync();
        var phone = host.Subscribe();
        var subscription = new
        {
            endpoint = phone.Endpoint,
            expirationTime = (long?)null,
            keys = new { p256dh = phone.PublicKey, auth = phone.Secret },
        };
        var key = await client.GetFromJsonAsync<JsonElement>("/api/account/push/key");
        Assert.NotNull(VapidPair.ReadPoint(key.GetProperty("publicKey").GetString()));
        using var added = await client.PutAsJsonAsync("/api/account/push/devices", subscription);
        using var again = await client.PutAsJsonAsync("/api/account/push/devices", subscription);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (added.StatusCode, again.StatusCode));
        var list = await client.GetStringAsync("/api/account/push/devices");
        Assert.DoesNotContain(phone.Endpoint.AbsolutePath, list);
        var id = (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        using var test = await client.PostAsync($"/api/account/push/devices/{id}/test", null);
        Assert.Equal(HttpStatusCode.Accepted, test.StatusCode);
        Assert.Equal("Marketplace", Assert.Single(host.Received).Title);
        using var removed = await client.DeleteAsync($"/api/account/push/devices/{id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Theory]
    [InlineData(410, RefusalKind.Conflict)]
    [InlineData(403, RefusalKind.Conflict)]
    [InlineData(503, RefusalKind.Busy)]
    public async Task A_test_that_fails_says_why(int status, RefusalKind kind)
    {
        var id = await PushSite.AddAsync(ana, host.Subscribe());
        host.Answers = status;
        Assert.Equal(kind, (await ana.Get<PushService>().TestAsync(id))?.Kind);
        Assert.Equal(status == 410 ? 0 : 1, (await ana.Get<PushService>().ListAsync()).Count);
    }

    [Fact]
    public async Task Nobody_tests_or_removes_the_device_of_another()
    {
        var id = await PushSite.AddAsync(ana, host.Subscribe());
        Assert.Equal(RefusalKind.NotFound, (await bruno.Get<PushService>().TestAsync(id))?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await bruno.Get<PushService>().RemoveAsync(id))?.Kind);
        Assert.Empty(host.Received);
    }

    [Fact]
    public async Task Two_nodes_on_one_database_tell_each_device_once()
    {
        await using var other = new MarketplaceApp
        {
            Folder = site.App.Folder,
            KeepsFolder = true,
            Beside = services => services.AddSingleton<TimeProvider>(site.Clock),
        };
        await other.CreateClient().GetAsync("/health/live");
        var browsers = new List<PushBrowser>();
        for (var at = 0; at < PushService.MaxDevices; at++)
        {
            browsers.Add(host.Subscribe());
            await PushSite.AddAsync(await site.App.EnterAsync(ana.Id), browsers[at]);
        }
        await bruno.SaysAsync(room, "hola");
        other.Services.GetRequiredService<OutboxSignal>().Wake();
        // A few at a time, as they are one person's.
        for (var round = 0; round < PushService.MaxDevices && host.Received.Count < PushService.MaxDevices; round++)
            await site.AfterAsync(PushSite.Soon);
        Assert.Equal(PushService.MaxDevices, host.Received.Count);
        Assert.Equal(PushService.MaxDevices, host.Received.Select(one => one.To).Distinct().Count());
    }
}
