using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;

namespace Marketplace.Tests.Admin;

/// <summary>What became of a message, for administrators.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task An_administrator_sees_what_became_of_a_message_and_of_its_notice()
    {
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        var carla = await site.App.JoinAsync("Carla", administrator: true);
        var message = await bruno.SaysAsync(room, "¿Sigue a la venta?");
        var sent = await carla.Supervision.DeliveryAsync(room, message.Seq);
        Assert.Equal(("Ana", message.SentAt, false, false), (sent!.To, sent.StoredAt, sent.IsDelivered, sent.IsRead));
        Assert.Equal((NoticeOutcome.NoDevice, NoticeOutcome.Waiting), (sent.Push, sent.Mail));

        await site.PassAsync(TimeSpan.FromMinutes(10));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        var mailed = await carla.Supervision.DeliveryAsync(room, message.Seq);
        Assert.Equal((NoticeOutcome.Sent, site.Clock.GetUtcNow().UtcDateTime), (mailed!.Mail, mailed.MailAt));

        await ana.Chat.MarkReadAsync(room, message.Seq);
        var read = await carla.Supervision.DeliveryAsync(room, message.Seq);
        Assert.True(read is { IsRead: true, IsDelivered: true, ShownAt: null });
    }

    [Fact]
    public async Task What_another_page_showed_is_shown_and_a_sale_has_its_trail_too()
    {
        await using var app = new MarketplaceApp();
        var (ana, bruno, room) = await app.TalkAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        var message = await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await ana.Get<Web.Notifications.NoticeService>().ShowAsync(room, message.Seq);
        Assert.NotNull((await carla.Supervision.DeliveryAsync(room, message.Seq))!.ShownAt);
        var listing = (await ana.Inbox.RowAsync(room))!.ListingId;
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        var reserved = await carla.Supervision.DeliveryAsync(room, message.Seq + 1);
        Assert.Equal(("Bruno", NoticeOutcome.Waiting), (reserved!.To, reserved.Mail));
    }

    [Fact]
    public async Task The_look_is_recorded_and_nobody_else_gets_one()
    {
        await using var app = new MarketplaceApp();
        var (_, bruno, room) = await app.TalkAsync();
        var carla = await app.JoinAsync("Carla", administrator: true);
        var message = await bruno.SaysAsync(room, "Hola");
        Assert.NotNull(await carla.Supervision.DeliveryAsync(room, message.Seq));
        Assert.Null(await carla.Supervision.DeliveryAsync(room, message.Seq + 1));
        Assert.Null(await bruno.Supervision.DeliveryAsync(room, message.Seq));
        var looks = await carla.RecordAsync();
        Assert.Equal(2, looks.Count);
        Assert.All(looks, look => Assert.Equal((AuditAction.DeliveryOpened, room), (look.Action, look.Room!.Id)));
    }
}
