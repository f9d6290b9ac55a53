using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Notifications;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>What a person is told of on pages that show something else, static ones too.</summary>
[Collection(OneSite.Name)]
public sealed class NoticeTests(Site site)
{
    [BrowserFact]
    public Task The_number_and_the_title_follow_on_a_static_page() => FollowsAsync("/favourites");

    [BrowserFact]
    public Task The_number_and_the_title_follow_on_a_live_page() => FollowsAsync("/messages");

    private async Task FollowsAsync(string path)
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync(path);
        await Expect(Number(rosa.Page)).ToHaveAttributeAsync("data-unread", "1");
        await HeardAsync(rosa.Page);
        var message = await talk.Teo.SaysAsync(talk.RoomId, "¿Sigues ahí?");
        await Expect(Number(rosa.Page)).ToHaveAttributeAsync("data-unread", "2");
        await Expect(rosa.Page).ToHaveTitleAsync(new Regex(@"^\(2\) "));
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, message.Seq);
        await Expect(Number(rosa.Page)).ToBeHiddenAsync();
        await Expect(rosa.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
    }

    [BrowserFact]
    public async Task A_toast_leads_to_the_message_and_goes_when_it_is_read_elsewhere()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync("/favourites");
        await HeardAsync(rosa.Page);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Qué talla es?");
        await Expect(Toast(rosa.Page)).ToContainTextAsync("Teo · Tándem");
        await Expect(Toast(rosa.Page)).ToContainTextAsync("¿Qué talla es?");
        var last = await talk.Teo.SaysAsync(talk.RoomId, "¿Y el color?");
        await Expect(Toast(rosa.Page)).ToContainTextAsync("2 mensajes nuevos: ¿Y el color?");
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, last.Seq);
        await Expect(Toast(rosa.Page)).ToHaveCountAsync(0);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Hola?");
        await Toast(rosa.Page).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(rosa.Page).ToHaveURLAsync(new Regex($"{talk.Url}\\?at="));
        await rosa.SeesAsync("¿Hola?");
    }

    [BrowserFact]
    public async Task Whoever_has_the_room_in_view_sees_no_toast_of_it()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await HeardAsync(rosa.Page);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Qué talla es?");
        await rosa.SeesAsync("¿Qué talla es?");
        var (iris, chair) = (await site.App.JoinAsync("Iris"), await talk.Rosa.SellsAsync("Silla"));
        await talk.AsksAsync(iris, "¿Y la silla?", chair);
        await Expect(Toast(rosa.Page)).ToContainTextAsync("Iris · Silla");
        await Expect(Toast(rosa.Page)).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Several_tabs_listen_by_one_connection_and_another_goes_on_when_it_closes()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync("/favourites");
        await HeardAsync(rosa.Page);
        var tab = await rosa.Page.Context.NewPageAsync();
        var streams = 0;
        tab.Request += (_, request) => streams += request.Url.EndsWith("/stream", StringComparison.Ordinal) ? 1 : 0;
        await tab.GotoAsync("/favourites");
        await talk.Teo.SaysAsync(talk.RoomId, "uno");
        await Expect(Number(tab)).ToHaveAttributeAsync("data-unread", "2");
        Assert.Equal(0, streams);
        await rosa.Page.CloseAsync();
        await HeardAsync(tab);
        await talk.Teo.SaysAsync(talk.RoomId, "dos");
        await Expect(Number(tab)).ToHaveAttributeAsync("data-unread", "3");
        Assert.Equal(1, streams);
    }

    [BrowserFact]
    public async Task A_sound_is_heard_once_in_one_tab()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var settings = (await talk.Rosa.Get<NotificationService>().FindAsync())!.Settings;
        settings.PlaysSound = true;
        await talk.Rosa.Get<NotificationService>().SaveAsync(settings);
        await using var rosa = await site.VisitAsync(talk.Rosa);
        var tabs = new[] { rosa.Page, await rosa.Page.Context.NewPageAsync() };
        foreach (var tab in tabs)
        {
            await tab.GotoAsync("/favourites");
            await tab.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
            await tab.EvaluateAsync(
                "() => { window.rang = 0; addEventListener('notices:rang', () => window.rang++); }"
            );
        }
        await HeardAsync(rosa.Page);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Qué talla es?");
        foreach (var tab in tabs)
            await Expect(Toast(tab)).ToHaveCountAsync(1);
        await Eventually.TrueAsync(async () => await RangAsync() == 1, "it rang");
        // While it sounds, it does not begin again.
        await Eventually.TrueAsync(
            () =>
                rosa.Page.EvaluateAsync<bool>(
                    "async () => !(await navigator.locks.query()).held.some((lock) => lock.name === 'notices-sound')"
                ),
            "the sound has ended"
        );
        await talk.Teo.SaysAsync(talk.RoomId, "¿Hola?");
        await Eventually.TrueAsync(async () => await RangAsync() == 2, "it rang once more");

        async Task<int> RangAsync() =>
            await tabs[0].EvaluateAsync<int>("window.rang") + await tabs[1].EvaluateAsync<int>("window.rang");
    }

    [BrowserFact]
    public async Task The_list_of_notices_follows_while_it_is_looked_at()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync("/");
        await rosa.Page.GetByRole(AriaRole.Link, new() { Name = "Avisos" }).ClickAsync();
        await rosa.Page.GetByText("Teo te ha escrito", new() { Exact = true }).WaitForAsync();
        await HeardAsync(rosa.Page);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Hola?");
        await rosa.Page.GetByText("Teo te ha escrito (2)").WaitForAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Marcar todo como leído" }).ClickAsync();
        await rosa.Page.GetByText("Todo marcado como leído").WaitForAsync();
        await rosa.Page.GetByRole(AriaRole.Heading, new() { Name = "Antes" }).WaitForAsync();
        Assert.Equal(0, await talk.Rosa.UnreadAsync());
    }

    private static ILocator Number(IPage page) => page.Locator("[data-unread]");

    private static ILocator Toast(IPage page) => page.Locator(".notice-toast");

    // The script says so on the page's frame.
    private static Task HeardAsync(IPage page) => page.Locator("html[data-hears]").WaitForAsync();
}
