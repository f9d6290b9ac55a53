using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>
/// Every page, by axe and by its width. Not timing-sensitive: runs beside the tests without a browser.
/// MARKETPLACE_SCREENS: the folder for pictures of the pages.
/// </summary>
public sealed class PageTests(Site site) : IClassFixture<Site>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly string? Kept = Environment.GetEnvironmentVariable("MARKETPLACE_SCREENS");

    private static readonly Dictionary<string, string> ForVisitors = new()
    {
        ["home-visitor"] = "/",
        ["nothing-found"] = "/?q=nothing-like-this",
        ["filters"] = "/?category=bikes&min=abc&max=900&condition=good&delivery=inperson&place=madrid",
        ["listing-visitor"] = "/listings/1",
        ["listing-of-demo"] = "/listings/19",
        ["person-visitor"] = "/people/1",
        ["privacy"] = "/privacy",
        ["sign-in"] = "/account/login",
        ["register"] = "/account/register",
        ["closed"] = "/account/closed",
        ["forgot-password"] = "/account/forgot-password",
        ["reset-password"] = "/account/reset-password",
        ["confirm-email"] = "/account/confirm-email",
        ["confirm-new-email"] = "/account/confirm-email-change",
        ["unlock"] = "/account/unlock",
        ["take-back"] = "/account/take-back",
        ["not-found"] = "/not-there",
    };

    private static readonly Dictionary<string, string> ForSellers = new()
    {
        ["published"] = "/listings/19?notice=published",
        ["edit"] = "/listings/19/edit",
        ["offers"] = "/listings/19/offers",
        ["own-listings"] = "/listings/mine",
        ["own-question"] = "/listings/mine?ask=Sold&listing=19&moved=19&from=Sold",
    };

    private static readonly Dictionary<string, string> ForBuyers = new()
    {
        ["home"] = "/",
        ["search"] = "/?q=bici&category=bikes",
        ["favourites"] = "/favourites",
        ["listing"] = "/listings/19",
        ["publish"] = "/listings/new",
        ["person"] = "/people/1",
        ["block"] = "/people/1/block",
        ["report"] = "/report?person=1",
        ["messages"] = "/messages",
        ["room"] = "/messages/1",
        ["replies"] = "/messages/replies",
        ["account"] = "/account/manage",
        ["account-profile"] = "/account/manage/profile",
        ["account-password"] = "/account/manage/password",
        ["account-email"] = "/account/manage/email",
        ["account-second-step"] = "/account/manage/two-factor",
        ["account-passkeys"] = "/account/manage/passkeys",
        ["account-proof"] = "/account/manage/proof",
        ["account-privacy"] = "/account/manage/privacy",
        ["account-blocks"] = "/account/manage/blocks",
        ["account-reports"] = "/account/manage/reports",
        ["account-sessions"] = "/account/manage/sessions",
        ["account-data"] = "/account/manage/data",
        ["account-close"] = "/account/manage/data/delete",
        ["account-appearance"] = "/account/manage/appearance",
        ["account-notifications"] = "/account/manage/notifications",
        ["notifications"] = "/notifications",
    };

    private static readonly Dictionary<string, string> ForAdministrators = new()
    {
        ["admin-dashboard"] = "/admin",
        ["admin-transparency"] = "/admin/transparency",
        ["admin-rooms"] = "/admin/rooms",
        ["admin-room"] = "/admin/rooms/1",
        ["admin-reason"] = "/admin/rooms/2",
        ["admin-replay"] = "/admin/rooms/1/replay",
        ["admin-people"] = "/admin/users",
        ["admin-person"] = "/admin/users/2",
        ["admin-messages"] = "/admin/messages",
        ["admin-wall"] = "/admin/wall",
        ["admin-record"] = "/admin/audit",
        ["admin-reports"] = "/admin/reports",
    };

    private static readonly (string? Who, Dictionary<string, string> Pages)[] Everybody =
    [
        (null, ForVisitors),
        ("ana", ForSellers),
        ("bruno", ForBuyers),
        ("carla", ForAdministrators),
    ];

    // What another language can break: names, texts in place of pictures, and the language that is said.
    private const string OfWords = "runOnly: ['cat.name-role-value', 'cat.text-alternatives', 'cat.language']";

    [BrowserFact]
    public Task Every_page_fits_a_light_desk_in_Spanish_and_is_free_of_violations() =>
        CheckAsync("desk-light", "", Device("es-ES", ColorScheme.Light));

    [BrowserFact]
    public Task Every_page_fits_a_dark_phone_in_Spanish_and_is_free_of_violations() =>
        CheckAsync("phone-dark", "", Site.Phone, Device("es-ES", ColorScheme.Dark));

    [BrowserFact]
    public Task Every_page_fits_a_light_phone_in_English_and_all_has_a_name() =>
        CheckAsync("phone-english", OfWords, Site.Phone, Device("en-GB", ColorScheme.Light));

    /// <param name="rules">Options of axe; empty for all of its rules.</param>
    private async Task CheckAsync(string device, string rules, params Action<BrowserNewContextOptions>[] with)
    {
        var problems = await Task.WhenAll(
            Everybody.Select(one =>
                CheckAsync(one.Who, one.Pages, device, rules, o => with.ToList().ForEach(set => set(o)))
            )
        );
        var all = string.Join(Environment.NewLine, problems.SelectMany(found => found));
        Assert.True(all.Length == 0, all);
    }

    // No motion: halfway through a transition, colours are not the real ones.
    private static Action<BrowserNewContextOptions> Device(string language, ColorScheme theme) =>
        options =>
            (options.Locale, options.ColorScheme, options.ReducedMotion) = (language, theme, ReducedMotion.Reduce);

    private async Task<List<string>> CheckAsync(
        string? who,
        Dictionary<string, string> pages,
        string device,
        string rules,
        Action<BrowserNewContextOptions> with
    )
    {
        var problems = new List<string>();
        await using var visit = await site.VisitAsync(who, with);
        foreach (var (name, url) in pages)
        {
            await OpenAsync(visit.Page, url);
            if (Kept is not null)
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Kept, $"{name}-{device}.png") });
            problems.AddRange(
                (await ProblemsAsync(visit.Page, rules)).Select(problem => $"{url} on {device}: {problem}")
            );
        }
        // The page that is not found logs an error.
        if (who is null)
            visit.ExpectComplaints();
        return problems;
    }

    private static async Task OpenAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        // The title is rewritten when a page becomes interactive.
        if (await page.Locator("script[src*='blazor.web']").CountAsync() > 0)
            await page.Locator("main[data-interactive]").WaitForAsync();
        if (url is "/admin/rooms/1")
            await Visit.GiveReasonAsync(page);
        if (url is "/admin/wall")
            await Visit.OpenWallAsync(page);
        if (url is "/admin/rooms/1/replay")
            await page.Locator(".replay-log").WaitForAsync();
        if (url is "/messages/1" or "/admin/rooms/1")
            await page.Locator("[data-seq]").First.WaitForAsync();
        if (url is "/admin/users/2")
            await page.Locator(".person-rows").First.WaitForAsync();
        // The cards are in the document on desktops too, but hidden.
        if (url is "/admin/rooms" or "/admin/users" or "/admin/audit" or "/admin/reports")
            await page.Locator(".admin-cards li, .empty")
                .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (url is "/admin")
            await page.Locator(".chart").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => document.title");
    }

    private static async Task<string[]> ProblemsAsync(IPage page, string rules)
    {
        // Run in the page: the Playwright package opens a new tab for each result, which costs more than axe.
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(
            $$"""
            async () => {
              const { scrollWidth, clientWidth } = document.documentElement;
              const { violations, passes } = await axe.run(document, { resultTypes: ['violations'], {{rules}} });
              if (passes.length === 0) throw new Error('axe found nothing to look at');
              return [
                ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`] : []),
                ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
              ];
            }
            """
        );
    }
}
