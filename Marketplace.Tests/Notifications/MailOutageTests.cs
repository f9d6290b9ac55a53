using Marketplace.Tests.Support;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Microsoft.Extensions.DependencyInjection;
using SmtpServer.Protocol;

namespace Marketplace.Tests.Notifications;

/// <summary>A mail server that is away, slow or unwilling costs nobody a mail and brings nobody two.</summary>
public sealed class MailOutageTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task After_an_hour_without_a_server_one_mail_tells_of_everything()
    {
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        await site.Server.DisposeAsync();
        await HourAsync(site, bruno, room);
        await using var back = new SmtpHost(port: site.Server.Port);
        await site.PassAsync(TimeSpan.FromMinutes(5));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 7);
        await site.PassAsync(TimeSpan.FromHours(2));
        Assert.Contains("(7 mensajes sin leer", Assert.Single(back.Received).Mail.TextBody);
    }

    [Fact]
    public async Task After_an_hour_of_please_try_later_one_mail_tells_of_everything()
    {
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        site.Server.Refusal = new(SmtpReplyCode.InsufficientStorage, "try later");
        await HourAsync(site, bruno, room);
        Assert.Empty(site.Server.Received);
        site.Server.Refusal = null;
        await site.PassAsync(TimeSpan.FromMinutes(5));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 7);
        await site.PassAsync(TimeSpan.FromHours(2));
        Assert.Single(site.Mails(ana.Email));
    }

    [Fact]
    public async Task A_server_that_takes_half_a_minute_gets_each_mail_once_and_stops_no_mails_of_accounts()
    {
        Assert.InRange(
            MailSender.Patience,
            TimeSpan.FromSeconds(31),
            OutboxDispatcher.Lease - TimeSpan.FromSeconds(20)
        );
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        var slow = new TaskCompletionSource();
        site.Server.BeforeAnswer = to => to == ana.Email ? slow.Task : Task.CompletedTask;
        await bruno.SaysAsync(room, "uno");
        site.Clock.Advance(Ten);
        await Eventually.TrueAsync(() => site.Mails(ana.Email).Any(), "the server has the mail and does not say so");
        site.App.Services.GetRequiredService<MailSpool>().Send("eva@test.local", "Hola", "Hola");
        await Eventually.TrueAsync(() => site.Mails("eva@test.local").Any(), "a mail of an account goes meanwhile");
        await site.App.Services.GetRequiredService<OutboxDispatcher>().StopAsync(new(canceled: true));
        await using var second = site.Another();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        second.Services.GetRequiredService<MailSpool>().Send("eva@test.local", "Hola", "Hola");
        await Eventually.TrueAsync(() => site.Mails("eva@test.local").Count() == 2, "the second process looks");
        slow.SetResult();
        await site.PassAsync(TimeSpan.FromHours(2));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        Assert.Single(site.Mails(ana.Email));
    }

    [Fact]
    public async Task A_server_that_never_answers_for_one_address_keeps_no_mail_from_the_others()
    {
        await using var site = new SmtpApp(patience: TimeSpan.FromSeconds(1));
        var (ana, bruno, room) = await site.App.TalkAsync();
        site.Server.BeforeAnswer = to => to == ana.Email ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await ana.SaysAsync(room, "dos");
        await site.PassAsync(Ten);
        Assert.Single(site.Mails(bruno.Email));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 0);
        site.Server.BeforeAnswer = _ => Task.CompletedTask;
        await site.PassAsync(TimeSpan.FromMinutes(5));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        Assert.Single(site.Mails(ana.Email).Select(mail => mail.MessageId).Distinct());
    }

    [Theory]
    [InlineData(false, "StartTls")]
    [InlineData(true, "Implicit")]
    public async Task What_is_unread_is_told_over_an_encrypted_connection(bool isImplicit, string tls)
    {
        await using var site = new SmtpApp(new(isImplicit), tls);
        var (ana, bruno, room) = await site.App.TalkAsync();
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        Assert.True(Assert.Single(site.Server.WereEncrypted));
    }

    [Theory]
    [InlineData("the page of the address")]
    [InlineData("a new password")]
    public async Task An_address_that_is_refused_gets_no_notices_until_it_is_confirmed_again(string way)
    {
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        site.Server.Refusal = new(SmtpReplyCode.MailboxUnavailable, "no such mailbox");
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Bounced, 1);
        site.Server.Refusal = null;
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Bounced, 2);
        Assert.Empty(site.Mails(ana.Email));
        await (way == "a new password" ? ForgetAsync(site, ana) : ConfirmAsync(site, ana));
        await bruno.SaysAsync(room, "tres");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
    }

    private static async Task HourAsync(SmtpApp site, Person writer, long room)
    {
        await writer.SaysAsync(room, "a las en punto");
        for (var minutes = 10; minutes <= 60; minutes += 10)
        {
            await site.PassAsync(Ten);
            await writer.SaysAsync(room, $"{minutes} minutos después");
        }
    }

    private static async Task ConfirmAsync(SmtpApp site, Person person)
    {
        const string page = "/account/manage/email";
        using var browser = site.Visitor();
        await browser.SignInAsync(person);
        await browser.SubmitAsync(page, new() { ["_handler"] = "email", ["Form.Email"] = person.Email });
        var link = await site.LinkAsync(person.Email, "/account/confirm-email-change");
        await browser.SubmitAsync(link, new() { ["_handler"] = "confirm" });
        // Nothing was changed that could be taken back.
        Assert.Single(site.Mails(person.Email));
        using var again = await browser.SubmitAsync(
            page,
            new() { ["_handler"] = "email", ["Form.Email"] = person.Email }
        );
        Assert.Contains("Ese ya es tu correo.", await again.Content.ReadAsStringAsync());
    }

    private static async Task ForgetAsync(SmtpApp site, Person person)
    {
        using var browser = site.Visitor();
        await browser.SubmitAsync(
            "/account/forgot-password",
            new() { ["_handler"] = "forgot", ["Form.Email"] = person.Email }
        );
        await browser.SubmitAsync(
            await site.LinkAsync(person.Email, "/account/reset-password"),
            new() { ["_handler"] = "reset", ["Form.Password"] = "tres gatos en la cocina" }
        );
    }
}
