using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Admin;

/// <summary>What administrators do to a conversation, and what the two hear of it.</summary>
public sealed class RoomActTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    // Letters that JSON makes longest.
    private static readonly string Why = new('<', NoticeAct.MaxTextLength);

    [Fact]
    public async Task A_closed_conversation_is_read_and_not_written_and_both_are_told_why()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Hola");
        using var open = ana.Chat.Open(room, ana.RunAsync);
        await open.LoadAsync();
        Assert.Null((await carla.Get<RoomActService>().LockAsync(room, isLocked: true, Why)).Refusal);
        await Eventually.TrueAsync(() => open.Room!.IsLocked, "an open page shows it");
        foreach (var person in new[] { ana, bruno })
        {
            var sent = await person.Chat.SendAsync(room, Guid.NewGuid(), "¿Por qué?");
            Assert.Equal("La administración ha cerrado esta conversación.", sent.Refusal!.Text);
            var notice = (await person.Get<NoticeService>().PageAsync()).Items[0];
            Assert.Equal((NoticeKind.RoomLocked, "Bicicleta eléctrica"), (notice.Kind, notice.Listing));
            using var browser = await SiteClient.SignedInAsync(app, person);
            var list = WebUtility.HtmlDecode(await browser.GetStringAsync("/notifications"));
            Assert.Contains($"ha cerrado tu conversación: «{Why}»", list);
            var opened = await browser.GetAsync($"/notifications/{notice.Id}");
            Assert.Equal($"/messages/{room}", opened.Headers.Location!.ToString());
        }
        Assert.Single(open.Window.Messages);
        Assert.Null((await carla.Get<RoomActService>().LockAsync(room, isLocked: false, "Fue un error")).Refusal);
        await bruno.SaysAsync(room, "Gracias");
        var acts = (await carla.RecordAsync()).Where(entry => entry.Room?.Id == room).Take(2);
        Assert.Equal(
            [(AuditAction.RoomUnlocked, "Fue un error"), (AuditAction.RoomLocked, Why)],
            acts.Select(entry => (entry.Action, entry.Text))
        );
    }

    [Fact]
    public async Task It_needs_words_an_administrator_and_somebody_who_is_not_one_of_the_two()
    {
        var ana = await app.JoinAsync("Ana");
        var carla = await app.JoinAsync("Carla", administrator: true);
        var hers = await carla.ContactsAsync(await ana.SellsAsync());
        var acts = carla.Get<RoomActService>();
        Assert.Equal(RefusalKind.Invalid, (await acts.LockAsync(hers, isLocked: true, " \u200b ")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await acts.LockAsync(hers, isLocked: true, "Molesta")).Refusal!.Kind);
        Assert.True((await carla.RecordAsync())[0] is { Action: AuditAction.RoomLocked, IsRefused: true });
        Assert.Equal(RefusalKind.NotFound, (await acts.LockAsync(999_999, isLocked: true, "Molesta")).Refusal!.Kind);
        Assert.Equal(
            RefusalKind.NotFound,
            (await ana.Get<RoomActService>().LockAsync(hers, isLocked: true, "Molesta")).Refusal!.Kind
        );
        await carla.SaysAsync(hers, "Hola");
    }

    [Fact]
    public async Task Closing_what_is_closed_is_neither_recorded_nor_told_again_and_a_block_stays()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        await ana.Get<Web.Safety.BlockService>().BlockAsync(bruno.Id);
        Assert.Null((await carla.Get<RoomActService>().LockAsync(room, isLocked: true, "Fraude")).Refusal);
        var again = await carla.Get<RoomActService>().LockAsync(room, isLocked: true, "Fraude");
        Assert.Equal((RefusalKind.Conflict, "Ya estaba cerrada."), (again.Refusal!.Kind, again.Refusal.Text));
        Assert.Single((await ana.Get<NoticeService>().PageAsync()).Items);
        Assert.Single(await carla.RecordAsync(), entry => entry.Room?.Id == room);
        Assert.Null((await carla.Get<RoomActService>().LockAsync(room, isLocked: false, "Aclarado")).Refusal);
        Assert.Equal(
            "No se puede escribir en esta conversación.",
            (await bruno.Chat.SendAsync(room, Guid.NewGuid(), "hola")).Refusal!.Text
        );
    }
}
