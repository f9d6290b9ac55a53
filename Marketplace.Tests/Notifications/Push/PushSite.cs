using Marketplace.Tests.Support;
using Marketplace.Web.Notifications;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>The site with a clock that is set by hand, for all tests of a class.</summary>
public sealed class PushSite : IAsyncLifetime
{
    public static readonly TimeSpan Soon = NoticeSettings.PushAfter;

    public PushSite() =>
        App = new()
        {
            Settings = { ["Site:Url"] = "https://tienda.example" },
            Beside = services => services.AddSingleton<TimeProvider>(Clock),
        };

    public HandClock Clock { get; } = new();

    public MarketplaceApp App { get; }

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public async Task InitializeAsync() => await App.CreateClient().GetAsync("/health/live");

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    /// <summary>Turns push messages on in this browser for the person's session.</summary>
    public static async Task<long> AddAsync(Person person, PushBrowser browser)
    {
        var kept = await KeepAsync(person, browser);
        Assert.True(kept.Succeeded, kept.Refusal?.Text);
        return kept.Value.Device.Id;
    }

    public static Task<Outcome<(PushDeviceView Device, bool IsNew)>> KeepAsync(Person person, PushBrowser browser) =>
        person
            .Get<PushService>()
            .KeepAsync(browser.Endpoint.AbsoluteUri, browser.PublicKey, browser.Secret, agent: null);

    public async Task PreferAsync(Person person, Action<NotificationPreference> change)
    {
        await using var db = App.Look();
        change(await db.NotificationPreferences.FindOrAddAsync(person.Id));
        await db.SaveChangesAsync();
    }

    /// <summary>Lets the time pass, and all that has become due be told.</summary>
    public async Task AfterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        App.Services.GetRequiredService<OutboxSignal>().Wake();
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = App.Look();
                return !await db.Outbox.AnyAsync(entry =>
                    entry.Kind == OutboxEntry.Push && (entry.DueAt <= Now || entry.LeaseId != null)
                );
            },
            "all that is due is told"
        );
    }

    public async Task<NoticeOutcome> OutcomeAsync(Person person)
    {
        await using var db = App.Look();
        return (await db.Notices.Where(one => one.PersonId == person.Id).OrderBy(one => one.Id).LastAsync()).Push;
    }
}
