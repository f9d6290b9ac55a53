using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class PageTimerTests : IAsyncDisposable
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person bruno = default!;

    public PageTimerTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task At_midnight_today_becomes_yesterday_in_the_room_and_in_the_list()
    {
        var (ana, room) = await TalkAsync();
        await using var hers = new Screen(ana, clock: clock);
        var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
        Assert.Equal("hoy", page.WaitForElement(".day").TextContent);
        Assert.EndsWith("6:06", page.Find(".conversation-time").TextContent);
        clock.Advance(TimeSpan.FromHours(18));
        page.WaitForAssertion(() => Assert.Equal("ayer", page.Find(".day").TextContent));
        page.WaitForAssertion(() => Assert.Equal("ayer", page.Find(".conversation-time").TextContent));
        clock.Advance(TimeSpan.FromHours(24));
        page.WaitForAssertion(() => Assert.DoesNotContain(page.Find(".day").TextContent, new[] { "hoy", "ayer" }));
    }

    [Fact]
    public async Task A_conversation_that_is_muted_for_an_hour_is_heard_again_after_it()
    {
        var (ana, room) = await TalkAsync();
        await using var hers = new Screen(ana, clock: clock);
        var page = hers.Render<MessagesPage>();
        await ana.Get<MembershipService>().MuteAsync(room, TimeSpan.FromHours(1));
        page.WaitForElement("[aria-label^='Silenciada hasta las ']");
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotEmpty(page.FindAll("[aria-label^='Silenciada hasta las ']"));
        clock.Advance(TimeSpan.FromMinutes(2));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-label^='Silenciada hasta las ']")));
        Assert.DoesNotContain("Muted", page.Find("[data-room]").GetAttribute("data-state"));
    }

    private async Task<(Person Ana, long Room)> TalkAsync()
    {
        var ana = await app.JoinAsync("Ana");
        bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        return (ana, room);
    }
}
