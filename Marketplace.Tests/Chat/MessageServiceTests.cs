using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class MessageServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task An_edited_message_is_marked_found_by_its_new_words_and_keeps_the_old_for_administrators(
        DatabaseProvider provider
    )
    {
        var (app, ana, bruno, room) = await TalkAsync(provider);
        var sent = await bruno.SaysAsync(room, "Te doy ciento cincuenta");
        using var screen = await OpenAsync(ana, room);
        var edited = await bruno.Get<MessageService>().EditAsync(room, sent.Seq, "Te doy ciento sesenta");
        Assert.Equal(sent.Rev + 1, edited.Value!.Rev);
        await Eventually.TrueAsync(
            () => screen.Window.Messages[^1] is { Body: "Te doy ciento sesenta", EditedAt: not null },
            "Ana sees the new text"
        );
        Assert.Empty(await ana.Get<SearchService>().FindAsync("cincuenta"));
        Assert.Single(await ana.Get<SearchService>().FindAsync("sesenta"));
        await using var db = app.Look();
        var before = await db.MessageVersions.Where(version => version.Body.Contains("ciento")).ToListAsync();
        Assert.Equal("Te doy ciento cincuenta", Assert.Single(before).Body);
        Assert.Equal("Te doy ciento sesenta", (await ana.Inbox.RowAsync(room))!.LastPreview);
    }

    [Theory, Databases]
    public async Task What_was_deleted_unread_counts_for_nothing_wherever_one_has_read_to(DatabaseProvider provider)
    {
        var (_, ana, bruno, room) = await TalkAsync(provider);
        var first = await bruno.SaysAsync(room, "uno");
        await ana.Chat.MarkReadAsync(room, first.Seq);
        for (var i = 1; i <= 5; i++)
            await bruno.SaysAsync(room, $"{i}");
        using var list = ana.Inbox.Open(ana.RunAsync);
        await list.LoadAsync();
        foreach (var deleted in new[] { 2, 4, 4 })
            Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, first.Seq + deleted)).Succeeded);
        await Eventually.TrueAsync(() => list.Rows[0].Unread == 3, "the open list counts three");
        Assert.Equal(3, await UnreadAsync());
        await ana.Chat.MarkReadAsync(room, first.Seq + 1);
        Assert.Equal(2, await UnreadAsync());
        await ana.Chat.MarkReadAsync(room, first.Seq + 3);
        Assert.Equal(1, await UnreadAsync());
        await bruno.SaysAsync(room, "seis");
        Assert.Equal(2, await UnreadAsync());
        await ana.Chat.MarkReadAsync(room, first.Seq + 6);
        Assert.Equal(0, await UnreadAsync());
        // Deleting a read message leaves the unread number unchanged.
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, first.Seq + 5)).Succeeded);
        await bruno.SaysAsync(room, "siete");
        Assert.Equal(1, await UnreadAsync());

        async Task<long> UnreadAsync() => (await ana.Inbox.RowAsync(room))!.Unread;
    }

    [Theory, Databases]
    public async Task A_deleted_message_leaves_a_tombstone_and_no_text_in_the_answers_to_it(DatabaseProvider provider)
    {
        var (_, ana, bruno, room) = await TalkAsync(provider);
        var secret = await bruno.SaysAsync(room, "Mi clave es 1234");
        var answer = await ana.Chat.SendAsync(room, Guid.NewGuid(), "No la digas", secret.Seq);
        Assert.Equal("Mi clave es 1234", answer.Value!.Message.Quote!.Preview);
        using var screen = await OpenAsync(ana, room);
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, secret.Seq)).Succeeded);
        Assert.True((await bruno.Get<MessageService>().DeleteAsync(room, secret.Seq)).Succeeded);
        await Eventually.TrueAsync(
            () => screen.Window.Messages.Any(m => m.Seq == secret.Seq && m.DeletedAt is not null),
            "Ana sees the tombstone"
        );
        Assert.DoesNotContain("1234", string.Join(' ', screen.Window.Messages.Select(m => m.Body + m.Quote?.Preview)));
        var history = (await ana.Chat.HistoryAsync(room, new())).Value!;
        Assert.DoesNotContain("1234", string.Join(' ', history.Select(m => m.Body + m.Quote?.Preview)));
        Assert.Equal(PreviewKind.Deleted, history.Single(m => m.Quote is not null).Quote!.Kind);
        Assert.Empty(await ana.Get<SearchService>().FindAsync("clave"));
    }

    [Theory, Databases]
    public async Task Nobody_changes_what_another_wrote(DatabaseProvider provider)
    {
        var (app, ana, bruno, room) = await TalkAsync(provider);
        var sent = await bruno.SaysAsync(room, "Mío");
        foreach (var person in new[] { ana, await app.JoinAsync("Dora") })
        {
            Assert.False((await person.Get<MessageService>().EditAsync(room, sent.Seq, "Suyo")).Succeeded);
            Assert.False((await person.Get<MessageService>().DeleteAsync(room, sent.Seq)).Succeeded);
        }
        var stranger = (await app.JoinAsync("Dora")).Get<MessageService>();
        Assert.Equal(RefusalKind.NotFound, (await stranger.ReactAsync(room, sent.Seq, "👍")).Refusal?.Kind);
        Assert.Equal("Mío", (await ana.Chat.HistoryAsync(room, new())).Value![^1].Body);
    }

    [Theory, Databases]
    public async Task A_reaction_replaces_the_one_before_and_can_be_taken_back(DatabaseProvider provider)
    {
        var (_, ana, bruno, room) = await TalkAsync(provider);
        var sent = await bruno.SaysAsync(room, "Vale");
        var service = ana.Get<MessageService>();
        await service.ReactAsync(room, sent.Seq, "👍");
        var changed = await service.ReactAsync(room, sent.Seq, "❤️");
        Assert.Equal(new ReactionView(ana.Id, "❤️"), Assert.Single(changed.Value!.Reactions!));
        Assert.Null((await service.ReactAsync(room, sent.Seq, null)).Value!.Reactions);
        Assert.Equal(RefusalKind.Invalid, (await service.ReactAsync(room, sent.Seq, "<b>")).Refusal?.Kind);
        // Catching up gives each changed message once, in its newest version.
        var missed = (await bruno.Chat.HistoryAsync(room, new(ChangedAfter: sent.Rev))).Value!;
        Assert.Equal(sent.Seq, Assert.Single(missed).Seq);
    }

    [Theory, Databases]
    public async Task Whoever_was_away_catches_up_page_by_page_in_the_order_of_changes(DatabaseProvider provider)
    {
        var (_, ana, bruno, room) = await TalkAsync(provider);
        var sent = new List<MessageView>();
        for (var i = 0; i < 4; i++)
            sent.Add(await bruno.SaysAsync(room, $"{i}"));
        await bruno.Get<MessageService>().EditAsync(room, sent[1].Seq, "uno");
        await ana.Get<MessageService>().ReactAsync(room, sent[0].Seq, "👍");
        sent.Add(await bruno.SaysAsync(room, "4"));
        await bruno.Get<MessageService>().EditAsync(room, sent[1].Seq, "Uno");
        var (seen, last) = (new List<string>(), sent[0].Rev - 1);
        while ((await ana.Chat.HistoryAsync(room, new(ChangedAfter: last, Limit: 2))).Value is [.., var newest] part)
            (seen, last) = ([.. seen, .. part.Select(message => message.Body)], newest.Rev);
        Assert.Equal(["2", "3", "0", "4", "Uno"], seen);
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_nothing_is_edited_and_after_a_day_nothing_deleted()
    {
        var clock = new HandClock();
        await using var app = new MarketplaceApp { Beside = services => services.AddSingleton<TimeProvider>(clock) };
        var (ana, bruno, room) = await app.TalkAsync();
        var sent = await bruno.SaysAsync(room, "Hola");
        var service = bruno.Get<MessageService>();
        clock.Advance(MessageRules.Editing);
        Assert.True((await service.EditAsync(room, sent.Seq, "Buenas")).Succeeded);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("15 minutos", (await service.EditAsync(room, sent.Seq, "Tarde")).Refusal!.Text);
        clock.Advance(MessageRules.Deleting - MessageRules.Editing);
        Assert.Contains("24 horas", (await service.DeleteAsync(room, sent.Seq)).Refusal!.Text);
        Assert.Equal("Buenas", (await ana.Chat.HistoryAsync(room, new())).Value![^1].Body);
    }

    private async Task<(MarketplaceApp App, Person Ana, Person Bruno, long Room)> TalkAsync(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        return (app, ana, bruno, room);
    }

    private static async Task<RoomSession> OpenAsync(Person person, long room)
    {
        var screen = person.Chat.Open(room, person.RunAsync);
        Assert.True(await screen.LoadAsync());
        return screen;
    }
}
