using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Marketplace.Tests.Notifications;

/// <summary>Who is away is told by mail what they have not read, once.</summary>
public sealed class UnreadMailTests : IAsyncLifetime
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    private readonly SmtpApp site = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await site.App.TalkAsync();
    }

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task One_mail_tells_of_all_conversations_ten_minutes_later()
    {
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await bruno.SaysAsync(room, "Hola");
        var dora = await site.App.JoinAsync("Dora <b>");
        var other = await dora.ContactsAsync(await ana.SellsAsync("Mesa & silla"));
        await dora.SaysAsync(other, "Me interesa");
        await site.PassAsync(Ten - TimeSpan.FromSeconds(1));
        Assert.Empty(site.Mails(ana.Email));
        await site.PassAsync(TimeSpan.FromSeconds(1));
        var mail = await MailAsync();
        Assert.Equal("Tienes 3 mensajes sin leer en Marketplace", mail.Subject);
        Assert.Matches(
            $@"Bruno · Bicicleta eléctrica \(2 mensajes sin leer · \d+ \w+ \d{{4}}, \d+:\d\d\)\nhttps://tienda.example/messages/{room}",
            Text(mail)
        );
        Assert.Contains($"href=\"https://tienda.example/messages/{other}\"", mail.HtmlBody);
        Assert.Contains("Dora &lt;b&gt; · Mesa &amp; silla", mail.HtmlBody);
        Assert.DoesNotContain("Me interesa", mail.HtmlBody + Text(mail));
        Assert.DoesNotContain("<style", mail.HtmlBody);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 3);
    }

    [Fact]
    public async Task Of_what_somebody_wrote_before_being_blocked_no_mail_tells_but_the_blocked_hear_what_waits()
    {
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await ana.SaysAsync(room, "No");
        await ana.Get<BlockService>().BlockAsync(bruno.Id);
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Muted, 1);
        await site.SettledAsync(bruno, NoticeOutcome.Sent, 1);
        Assert.Empty(site.Mails(ana.Email));
    }

    [Fact]
    public async Task Of_many_conversations_a_mail_names_twenty_and_counts_the_rest()
    {
        var bike = (await ana.Inbox.RowAsync(room))!.ListingId;
        for (var i = 0; i < 22; i++)
        {
            var asks = await site.App.JoinAsync($"Teo {i}");
            await asks.SaysAsync(await asks.ContactsAsync(bike), "Hola");
        }
        await site.PassAsync(Ten);
        var mail = await MailAsync();
        Assert.Contains("Y 2 conversaciones más\nhttps://tienda.example/notifications", Text(mail));
        Assert.Equal("Tienes 22 mensajes sin leer en Marketplace", mail.Subject);
    }

    [Fact]
    public async Task What_was_read_meanwhile_makes_no_mail()
    {
        var message = await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await ana.Chat.MarkReadAsync(room, message.Seq);
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Read, 1);
        Assert.Empty(site.Mails(ana.Email));
    }

    [Fact]
    public async Task Who_was_here_after_the_message_gets_no_mail()
    {
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        using (site.App.Services.GetRequiredService<Presence>().Enter(ana.Id))
            await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.SeenHere, 1);
        Assert.Empty(site.Mails(ana.Email));
    }

    [Fact]
    public async Task A_muted_conversation_makes_no_mail()
    {
        await ana.Get<MembershipService>().MuteAsync(room, TimeSpan.FromDays(1));
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Muted, 1);
        Assert.Empty(site.Mails(ana.Email));
    }

    [Fact]
    public async Task Further_messages_wait_an_hour_for_the_next_mail()
    {
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await MailAsync();
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(Ten);
        await site.PassAsync(TimeSpan.FromMinutes(45));
        Assert.Single(site.Mails(ana.Email));
        await site.PassAsync(TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync(() => site.Mails(ana.Email).Count() == 2, "the second mail came after an hour");
        await site.SettledAsync(ana, NoticeOutcome.Sent, 2);
    }

    [Fact]
    public async Task Who_comes_during_a_pause_of_a_day_no_longer_waits_for_its_end()
    {
        await using (var db = site.App.Look())
        {
            var now = site.Clock.GetUtcNow().UtcDateTime;
            db.NotificationPreferences.Add(
                new()
                {
                    UserId = ana.Id,
                    MailedAt = now,
                    MailsInVain = 3,
                }
            );
            await db.SaveChangesAsync();
        }
        var first = await bruno.SaysAsync(room, "uno");
        await site.PassAsync(TimeSpan.FromHours(2));
        Assert.Empty(site.Mails(ana.Email));
        using (site.App.Services.GetRequiredService<Presence>().Enter(ana.Id))
            await ana.Chat.MarkReadAsync(room, first.Seq);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
    }

    [Fact]
    public async Task The_mail_speaks_its_reader_s_language()
    {
        using var reader = SiteClient.Visitor(site.App);
        await reader.SignInAsync(ana);
        reader.DefaultRequestHeaders.Remove("Accept-Language");
        reader.DefaultRequestHeaders.Add("Accept-Language", "en-GB");
        await reader.GetAsync("/account/manage");
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await site.PassAsync(Ten);
        Assert.Equal("Bruno wrote to you about “Bicicleta eléctrica”", (await MailAsync()).Subject);
    }

    [Fact]
    public async Task Whoever_holds_the_mail_ends_them_without_signing_in_and_a_look_changes_nothing()
    {
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        var header = (await MailAsync()).Headers["List-Unsubscribe"];
        var address = new Uri(header!.Trim('<', '>')).PathAndQuery;
        using var provider = site.App.CreateClient();
        Assert.EndsWith(
            "/notifications/stop",
            (await provider.GetAsync(address)).RequestMessage!.RequestUri!.AbsolutePath
        );
        using var look = await provider.GetAsync(address.Replace("/now", ""));
        Assert.Contains("No quiero más correos", WebUtility.HtmlDecode(await look.Content.ReadAsStringAsync()));
        using var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await provider.PostAsync(address, oneClick)).StatusCode);
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(TimeSpan.FromHours(1));
        await site.SettledAsync(ana, NoticeOutcome.Preference, 1);
        Assert.Single(site.Mails(ana.Email));
        using var person = new FormUrlEncodedContent([]);
        using var pressed = SiteClient.Visitor(site.App);
        Assert.Equal("/notifications/stop?stopped=true", (await pressed.PostAsync(address, person)).LeadsTo());
        using var forged = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.NotFound, (await provider.PostAsync(address + "x", forged)).StatusCode);
    }

    [Fact]
    public async Task The_person_sees_what_they_were_told_of_and_why_not()
    {
        var message = await bruno.SaysAsync(room, "uno");
        await ana.Chat.MarkReadAsync(room, message.Seq);
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Read, 1);
        using var browser = await SiteClient.SignedInAsync(site.App, ana);
        const string page = "/account/manage/notifications";
        Assert.Contains("Correo: no, ya lo habías leído", await TextAsync(await browser.GetAsync(page)));
        var saved = await browser.SubmitAsync(page, new() { ["_handler"] = "notifications" });
        Assert.Equal($"{page}?saved=true", saved.LeadsTo());
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Preference, 1);
    }

    [Fact]
    public async Task A_message_that_comes_while_the_mail_is_written_is_not_forgotten()
    {
        await bruno.SaysAsync(room, "uno");
        await using (var db = site.App.Look())
            await db.Outbox.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.LeaseId, Guid.NewGuid()));
        await bruno.SaysAsync(room, "dos");
        await using var after = site.App.Look();
        Assert.Equal(1, (await after.Outbox.SingleAsync()).Touched);
    }

    private async Task<MimeMessage> MailAsync()
    {
        await Eventually.TrueAsync(() => site.Mails(ana.Email).Any(), "a mail came");
        return site.Mails(ana.Email).First();
    }

    private static string Text(MimeMessage mail) => mail.TextBody!.ReplaceLineEndings("\n");

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
}
