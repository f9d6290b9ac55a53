using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>Every page at phone and desktop width. MARKETPLACE_SCREENS: the folder for screenshots.</summary>
[Collection(OneSite.Name)]
public sealed class ScreenTests(Site site)
{
    private static readonly string? Kept = Environment.GetEnvironmentVariable("MARKETPLACE_SCREENS");

    private static readonly Dictionary<string, string> Pages = new()
    {
        ["home"] = "/",
        ["search"] = "/?q=bici&category=bikes",
        ["filters"] = "/?max=200&condition=good&delivery=inperson",
        ["favourites"] = "/favourites",
        ["listing"] = "/listings/19",
        ["publish"] = "/listings/new",
        ["edit"] = "/listings/19/edit",
        ["own-listings"] = "/listings/mine",
        ["offers"] = "/listings/19/offers",
        ["own-question"] = "/listings/mine?ask=Sold&listing=19",
        ["person"] = "/people/1",
        ["messages"] = "/messages",
        ["room"] = "/messages/1",
        ["account"] = "/account/manage",
        ["account-profile"] = "/account/manage/profile",
        ["account-password"] = "/account/manage/password",
        ["account-email"] = "/account/manage/email",
        ["account-second-step"] = "/account/manage/two-factor",
        ["account-passkeys"] = "/account/manage/passkeys",
        ["account-proof"] = "/account/manage/proof",
        ["account-privacy"] = "/account/manage/privacy",
        ["account-reports"] = "/account/manage/reports",
        ["account-sessions"] = "/account/manage/sessions",
        ["account-appearance"] = "/account/manage/appearance",
        ["account-notifications"] = "/account/manage/notifications",
        ["account-data"] = "/account/manage/data",
        ["notifications"] = "/notifications",
        ["not-found"] = "/nothing-here",
    };

    private static readonly Dictionary<string, string> ForVisitors = new()
    {
        ["privacy"] = "/privacy",
        ["sign-in"] = "/account/login",
        ["register"] = "/account/register",
        ["forgot-password"] = "/account/forgot-password",
        ["reset-password"] = "/account/reset-password",
        ["confirm-email"] = "/account/confirm-email",
        ["unlock"] = "/account/unlock",
        ["take-back"] = "/account/take-back",
    };

    private static readonly Dictionary<string, string> ForAdministrators = new()
    {
        ["admin-dashboard"] = "/admin",
        ["admin-transparency"] = "/admin/transparency",
        ["admin-rooms"] = "/admin/rooms",
        ["admin-reason"] = "/admin/rooms/2",
        ["admin-room"] = "/admin/rooms/1",
        ["admin-people"] = "/admin/users",
        ["admin-person"] = "/admin/users/2",
        ["admin-messages"] = "/admin/messages",
        ["admin-wall"] = "/admin/wall",
        ["admin-record"] = "/admin/audit",
        ["admin-reports"] = "/admin/reports",
    };

    [BrowserFact]
    public async Task Every_page_fits_a_phone_and_a_desk()
    {
        await FitsAsync(null, "desk-light", _ => { }, ForVisitors);
        await FitsAsync(null, "phone-dark", DarkPhone, ForVisitors);
        await FitsAsync("ana", "desk-light", _ => { }, Pages);
        await FitsAsync("bruno", "phone-dark", DarkPhone, Pages);
        await FitsAsync("carla", "desk-light", _ => { }, ForAdministrators);
        await FitsAsync("carla", "phone-dark", DarkPhone, ForAdministrators);
    }

    private static void DarkPhone(BrowserNewContextOptions options)
    {
        Site.Phone(options);
        options.ColorScheme = ColorScheme.Dark;
    }

    private async Task FitsAsync(
        string? name,
        string device,
        Action<BrowserNewContextOptions> with,
        Dictionary<string, string> pages
    )
    {
        await using var visit = await site.VisitAsync(name, with);
        foreach (var (title, url) in pages)
        {
            await visit.Page.GotoAsync(url);
            if (title is "admin-room")
                await Visit.GiveReasonAsync(visit.Page);
            if (title is "room" or "admin-room")
                await visit.Log.Locator("[data-seq]").First.WaitForAsync();
            // The cards are in the document on desktops too, but hidden.
            if (title is "admin-rooms" or "admin-people" or "admin-record" or "admin-reports")
                await visit
                    .Page.Locator(".admin-cards li, .empty")
                    .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            if (title is "admin-dashboard")
                await visit.Page.Locator(".chart").First.WaitForAsync();
            if (title is "room")
                await visit.LiveAsync();
            var over = await visit.Page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            Assert.True(over <= 0, $"{url} is {over} px too wide on the {device}.");
            if (Kept is not null)
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Kept, $"{title}-{device}.png") });
        }
        visit.ExpectComplaints();
    }
}
