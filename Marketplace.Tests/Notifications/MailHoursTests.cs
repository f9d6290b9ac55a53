using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Notifications;

/// <summary>Mails know where on Earth their reader is.</summary>
public sealed class MailHoursTests : IAsyncLifetime
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private readonly SmtpApp site = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await site.App.TalkAsync();
        await using var db = site.App.Look();
        await db
            .Users.Where(user => user.Id == ana.Id)
            .ExecuteUpdateAsync(user =>
                user.SetProperty(one => one.Culture, "en").SetProperty(one => one.TimeZone, Tokyo.Id)
            );
    }

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_reads_in_Tokyo_is_told_the_time_of_Tokyo()
    {
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        var at = Here.ToString("t", CultureInfo.GetCultureInfo("en"));
        await site.PassAsync(Ten);
        var mail = Assert.Single(site.Mails(ana.Email));
        Assert.Contains($", {at})", mail.TextBody);
        Assert.Contains($", {at}<", System.Net.WebUtility.HtmlDecode(mail.HtmlBody));
    }

    [Fact]
    public async Task What_comes_in_quiet_hours_is_told_at_their_end_in_one_mail()
    {
        await BeQuietAsync();
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await bruno.SaysAsync(room, "dos");
        await site.PassAsync(TimeSpan.FromHours(3) - Ten - TimeSpan.FromSeconds(1));
        Assert.Empty(site.Mails(ana.Email));
        await site.PassAsync(TimeSpan.FromSeconds(1));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 2);
        Assert.Single(site.Mails(ana.Email));
    }

    [Fact]
    public async Task Who_ends_the_quiet_hours_is_told_without_waiting_for_their_end()
    {
        await BeQuietAsync();
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        Assert.Empty(site.Mails(ana.Email));
        var settings = (await ana.Get<NotificationService>().FindAsync())!.Settings;
        settings.Quiet.IsOn = false;
        Assert.Null(await ana.Get<NotificationService>().SaveAsync(settings));
        await site.PassAsync(TimeSpan.FromSeconds(1));
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
    }

    private async Task BeQuietAsync()
    {
        await using (var db = site.App.Look())
        {
            var now = TimeOnly.FromDateTime(Here);
            db.NotificationPreferences.Add(
                new()
                {
                    UserId = ana.Id,
                    QuietDays = WeekDays.All,
                    QuietFrom = now.AddHours(-1),
                    QuietTo = now.AddHours(3),
                }
            );
            await db.SaveChangesAsync();
        }
    }

    private DateTime Here => TimeZoneInfo.ConvertTimeFromUtc(site.Clock.GetUtcNow().UtcDateTime, Tokyo);
}
