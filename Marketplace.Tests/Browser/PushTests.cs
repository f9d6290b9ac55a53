using System.Text.Json;
using Marketplace.Tests.Notifications.Push;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>What a push service delivers, the real worker in a real browser shows. It needs no page of ours.</summary>
public sealed class PushTests : IClassFixture<PushTests.Delivery>
{
    private readonly Delivery delivery;

    public PushTests(Delivery delivery) => this.delivery = delivery;

    [WholeBrowserFact]
    public async Task A_message_shows_a_notification_and_the_next_of_the_room_takes_its_place()
    {
        await using var visit = await delivery.VisitAsync();
        await visit.DeliverAsync(Payload("room-12", 1, "1 mensaje nuevo"));
        Assert.Equal(["room-12 Bruno 1 mensaje nuevo"], await visit.ShownAsync(1));
        await visit.DeliverAsync(Payload("room-12", 2, "2 mensajes nuevos"));
        await visit.DeliverAsync(Payload("room-13", 3, "1 mensaje nuevo"));
        Assert.Equal(["room-12 Bruno 2 mensajes nuevos", "room-13 Bruno 1 mensaje nuevo"], await visit.ShownAsync(3));
        // The first again, late: what is newer stays.
        await visit.DeliverAsync(Payload("room-12", 1, "1 mensaje nuevo"));
        Assert.Equal(["room-12 Bruno 2 mensajes nuevos", "room-13 Bruno 1 mensaje nuevo"], await visit.ShownAsync(4));
        await visit.DeliverAsync(Payload("room-14", 5, "1 mensaje nuevo", read: ["room-12"]));
        Assert.Equal(["room-13 Bruno 1 mensaje nuevo", "room-14 Bruno 1 mensaje nuevo"], await visit.ShownAsync(5));
        // Room 13 is read up to the message before the one that its notification tells of.
        await visit.Page.EvaluateAsync(
            """
            async () => {
              const { active } = await navigator.serviceWorker.ready;
              active.postMessage({ type: 'close', tags: ['room-13'], upTo: 2 });
              active.postMessage({ type: 'close', tags: ['room-14'], upTo: 5 });
            }
            """
        );
        await Eventually.TrueAsync(
            async () => (await visit.NotificationsAsync()).SequenceEqual(["room-13 Bruno 1 mensaje nuevo"]),
            "what was read here is closed, and nothing newer"
        );
    }

    [WholeBrowserFact]
    public async Task What_cannot_be_read_shows_something_too()
    {
        foreach (var data in new[] { "not JSON", "5", """{"web_push":8030,"notification":{"title":"Bruno"}}""" })
        {
            await using var visit = await delivery.VisitAsync();
            await visit.DeliverAsync(data);
            Assert.Equal(["news Marketplace Tienes novedades."], await visit.ShownAsync(1));
        }
    }

    [WholeBrowserFact]
    public async Task A_click_leads_the_open_page_to_the_room_and_mute_mutes_it()
    {
        await using var visit = await delivery.VisitAsync(reload: true);
        await visit.DeliverAsync(Payload($"room-{delivery.Room}", 1, "1 mensaje nuevo", room: delivery.Room));
        await visit.ShownAsync(1);
        await visit.ClickAsync("mute");
        await Eventually.TrueAsync(
            async () => (await delivery.Ana.Inbox.RowAsync(delivery.Room))!.MutedUntil is not null,
            "the room is muted"
        );
        // Of another tag: the page closes those of the muted room.
        await visit.DeliverAsync(Payload("room-1234567", 2, "2 mensajes nuevos", room: delivery.Room));
        await visit.ShownAsync(2);
        await visit.ClickAsync("");
        await visit.Page.WaitForURLAsync(new Uri(delivery.Site.Address, $"/messages/{delivery.Room}").ToString());
        Assert.Empty(await visit.NotificationsAsync());
    }

    [WholeBrowserFact]
    public async Task A_press_turns_them_on_a_test_arrives_and_another_press_turns_them_off()
    {
        await using var host = new PushHost(TimeProvider.System);
        await using var visit = await delivery.Site.VisitAsync(delivery.Ana);
        var origin = delivery.Site.Address.ToString();
        await visit.Page.Context.GrantPermissionsAsync(["notifications"], new() { Origin = origin });
        await visit.Page.AddInitScriptAsync(Subscribing(host.Subscribe()));
        await visit.Page.GotoAsync("/account/manage/notifications");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Activar avisos en este dispositivo" }).ClickAsync();
        await visit.Page.GetByText("Este dispositivo recibe avisos push.").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Enviar uno de prueba", Exact = true }).ClickAsync();
        await visit.Page.GetByText("Enviado. Si no aparece").WaitForAsync();
        Assert.Equal("test", Assert.Single(host.Received).Tag);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Desactivar", Exact = true }).ClickAsync();
        await visit.Page.GetByText("este dispositivo ya no recibirá avisos").WaitForAsync();
        await Assertions.Expect(visit.Page.Locator("[data-device]")).ToHaveCountAsync(0);
    }

    // A browser without a network and in private has no push service.
    private static string Subscribing(PushBrowser browser) =>
        $$"""
            let subscription = null;
            PushManager.prototype.getSubscription = async () => subscription;
            PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => subscription = {
              endpoint: '{{browser.Endpoint}}',
              options: { applicationServerKey: Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)).buffer },
              unsubscribe: async () => { subscription = null; },
              toJSON() { return { endpoint: this.endpoint, keys: { p256dh: '{{browser.PublicKey}}', auth: '{{browser.Secret}}' } }; },
            };
            """;

    private static string Payload(string tag, long id, string body, string[]? read = null, long room = 12) =>
        JsonSerializer.Serialize(
            new
            {
                web_push = 8030,
                notification = new
                {
                    title = "Bruno",
                    body,
                    lang = "es",
                    dir = "auto",
                    navigate = $"https://tienda.example/messages/{room}",
                    tag,
                    silent = false,
                    data = new
                    {
                        id,
                        room,
                        seq = id,
                        read = read ?? [],
                    },
                    actions = new[]
                    {
                        new
                        {
                            action = "mute",
                            title = "Silenciar 8 h",
                            navigate = "https://tienda.example/",
                        },
                    },
                },
                app_badge = 1,
            }
        );

    /// <summary>The site, with a browser that has notifications: the headless shell has none.</summary>
    public sealed class Delivery : IAsyncLifetime
    {
        public Site Site { get; } = new() { App = new(), Chromium = WholeBrowserFactAttribute.Chromium };

        public Person Ana { get; private set; } = default!;

        public long Room { get; private set; }

        public async Task InitializeAsync()
        {
            if (!WholeBrowserFactAttribute.CanRun)
                return;
            await Site.InitializeAsync();
            (Ana, var bruno, Room) = await Site.App.TalkAsync();
            await bruno.SaysAsync(Room, "hola");
        }

        public Task DisposeAsync() => Site.DisposeAsync();

        public async Task<Addressee> VisitAsync(bool reload = false)
        {
            var visit = await Site.VisitAsync(Ana);
            await visit.Page.Context.GrantPermissionsAsync(
                ["notifications"],
                new() { Origin = Site.Address.ToString() }
            );
            var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
            var known = new TaskCompletionSource<string>();
            session.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
            {
                foreach (var one in told!.Value.GetProperty("registrations").EnumerateArray())
                    known.TrySetResult(one.GetProperty("registrationId").GetString()!);
            };
            await session.SendAsync("ServiceWorker.enable");
            await visit.Page.GotoAsync("/account/manage");
            await visit.Page.EvaluateAsync("async () => void (await navigator.serviceWorker.ready)");
            if (reload)
                await visit.Page.ReloadAsync();
            await visit.Page.EvaluateAsync(
                "() => { window.shown = 0; navigator.serviceWorker.addEventListener('message', ({ data }) => { if (data.type === 'shown') window.shown++; }); navigator.serviceWorker.startMessages(); }"
            );
            return new(visit, session, Site.Address, await known.Task.InTimeAsync("the worker is registered"));
        }
    }

    /// <summary>A browser to which messages are delivered.</summary>
    public sealed class Addressee(Visit visit, ICDPSession session, Uri site, string registration) : IAsyncDisposable
    {
        public IPage Page => visit.Page;

        public Task DeliverAsync(string data) =>
            session.SendAsync(
                "ServiceWorker.deliverPushMessage",
                new()
                {
                    ["origin"] = site.GetLeftPart(UriPartial.Authority),
                    ["registrationId"] = registration,
                    ["data"] = data,
                }
            );

        /// <summary>What is on the screen once the worker has told the page of so many.</summary>
        public async Task<string[]> ShownAsync(int told)
        {
            await Page.WaitForFunctionAsync("(told) => window.shown >= told", told);
            return await NotificationsAsync();
        }

        public Task<string[]> NotificationsAsync() =>
            Page.EvaluateAsync<string[]>(
                "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => `${one.tag} ${one.title} ${one.body}`).sort()"
            );

        /// <summary>As a click on the notification or its action, which no protocol can do.</summary>
        public async Task ClickAsync(string action)
        {
            var browser = await Page.Context.Browser!.NewBrowserCDPSessionAsync();
            var targets = (await browser.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos");
            var worker = targets
                .EnumerateArray()
                .Last(one =>
                    one.GetProperty("type").GetString() == "service_worker"
                    && one.GetProperty("url").GetString()!.StartsWith(site.ToString(), StringComparison.Ordinal)
                );
            var attached = await browser.SendAsync(
                "Target.attachToTarget",
                new() { ["targetId"] = worker.GetProperty("targetId").GetString()! }
            );
            var evaluate = new
            {
                id = 1,
                method = "Runtime.evaluate",
                @params = new
                {
                    expression = $$"""
                        self.registration.getNotifications().then(([notification]) =>
                          self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: '{{action}}' })))
                        """,
                },
            };
            await browser.SendAsync(
                "Target.sendMessageToTarget",
                new()
                {
                    ["sessionId"] = attached!.Value.GetProperty("sessionId").GetString()!,
                    ["message"] = JsonSerializer.Serialize(evaluate),
                }
            );
        }

        public ValueTask DisposeAsync() => visit.DisposeAsync();
    }
}
