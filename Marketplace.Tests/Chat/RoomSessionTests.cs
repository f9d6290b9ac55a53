using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class RoomSessionTests : IAsyncLifetime
{
    // Matches the query for the next part of the history.
    private readonly Between between = new("LEFT JOIN \"Messages\"");
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public RoomSessionTests() => app = new() { Beside = services => services.AddSingleton<IInterceptor>(between) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        for (var i = 1; i <= 120; i++)
            await bruno.SaysAsync(room, $"{i}");
        await ana.Chat.MarkReadAsync(room, 120);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_text_that_is_deleted_while_older_ones_are_read_does_not_stay_on_the_screen()
    {
        using var screen = await OpenAsync();
        between.Happens = async () =>
        {
            await bruno.Get<MessageService>().DeleteAsync(room, 50);
            await Eventually.TrueAsync(() => screen.Window.Rev == 121, "Ana's screen was told");
        };
        await screen.LoadOlderAsync();
        Assert.NotNull(screen.Window.Messages.Single(message => message.Seq == 50).DeletedAt);
    }

    [Fact]
    public async Task A_message_that_comes_while_one_jumps_to_the_end_is_there()
    {
        using var screen = await OpenAsync();
        await screen.JumpAsync(5);
        between.Happens = async () =>
        {
            await bruno.SaysAsync(room, "121");
            await Eventually.TrueAsync(() => screen.Window.NewestSeq == 121, "Ana's screen was told");
        };
        await screen.JumpAsync((long?)null);
        Assert.Equal("121", screen.Window.Messages[^1].Body);
    }

    [Fact]
    public async Task Where_the_unread_ones_begin_is_said_until_the_reader_answers()
    {
        await bruno.SaysAsync(room, "121");
        using var screen = await OpenAsync();
        await bruno.SaysAsync(room, "122");
        await bruno.Get<MessageService>().EditAsync(room, 121, "121, corregido");
        await Eventually.TrueAsync(() => screen.Window.Rev == 123, "Ana's screen was told");
        Assert.Equal(121, screen.FirstUnread);
        await ana.SaysAsync(room, "Sí");
        await Eventually.TrueAsync(() => screen.Window.NewestSeq == 123, "Ana's screen was told");
        Assert.Null(screen.FirstUnread);
    }

    private async Task<RoomSession> OpenAsync()
    {
        var screen = ana.Chat.Open(room, ana.RunAsync);
        Assert.True(await screen.LoadAsync());
        return screen;
    }
}
