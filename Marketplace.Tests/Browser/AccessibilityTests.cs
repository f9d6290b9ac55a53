using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

/// <summary>Runs axe on each page. Not timing-sensitive: runs beside the tests without a browser.</summary>
public sealed class AccessibilityTests(Site site) : IClassFixture<Site>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string[] ForVisitors =
    [
        "/",
        "/?q=nothing-like-this",
        "/?category=bikes&min=abc&max=900&condition=good&delivery=inperson&place=madrid",
        "/listings/1",
        "/listings/19",
        "/people/1",
        "/privacy",
        "/account/login",
        "/account/register",
        "/account/forgot-password",
        "/account/reset-password",
        "/account/confirm-email-change",
        "/account/confirm-email",
        "/account/unlock",
        "/account/take-back",
        "/not-there",
    ];

    private static readonly string[] EntriesOnPhones =
    [
        "/account/login",
        "/account/register",
        "/account/forgot-password",
        "/account/reset-password",
        "/account/closed",
        "/not-there",
    ];

    private static readonly string[] OnPhones =
    [
        "/account/manage",
        "/account/manage/profile",
        "/account/manage/password",
        "/account/manage/email",
        "/account/manage/two-factor",
        "/account/manage/proof",
        "/account/manage/passkeys",
        "/account/manage/privacy",
        "/account/manage/blocks",
        "/account/manage/reports",
        "/account/manage/sessions",
        "/account/manage/data",
        "/account/manage/data/delete",
        "/account/manage/appearance",
        "/account/manage/notifications",
        "/notifications",
    ];

    private static readonly string[] ForAdministrators =
    [
        "/listings/new",
        "/people/1",
        "/people/1/block",
        "/report?person=1",
        "/listings/mine",
        "/favourites",
        "/notifications",
        "/messages",
        "/account/manage",
        "/account/manage/password",
        "/account/manage/email",
        "/account/manage/two-factor",
        "/account/manage/notifications",
        "/account/manage/privacy",
        "/account/manage/blocks",
        "/account/manage/reports",
        "/account/manage/sessions",
        "/account/manage/data",
        "/account/manage/data/delete",
        "/account/manage/appearance",
        "/admin",
        "/admin/transparency",
        "/admin/rooms",
        "/admin/rooms/1",
        "/admin/rooms/2",
        "/admin/rooms/1/replay",
        "/admin/users",
        "/admin/users/2",
        "/admin/messages",
        "/admin/wall",
        "/admin/audit",
        "/admin/reports",
    ];

    [BrowserFact]
    public Task Pages_are_free_of_violations_in_Spanish_in_both_themes() => CheckAsync("es-ES", isDarkToo: true);

    [BrowserFact]
    public Task Pages_are_free_of_violations_in_English() => CheckAsync("en-GB", isDarkToo: false);

    private async Task CheckAsync(string language, bool isDarkToo)
    {
        var problems = await Task.WhenAll(
            CheckAsync(null, ForVisitors, Device, isDarkToo),
            CheckAsync(null, EntriesOnPhones, Phone, isDarkToo),
            CheckAsync("carla", ForAdministrators, Device, isDarkToo),
            CheckAsync(
                "ana",
                [
                    "/listings/19?notice=published",
                    "/listings/19/edit",
                    "/listings/19/offers",
                    "/listings/mine?ask=Sold&listing=19&moved=19&from=Sold",
                ],
                Device,
                isDarkToo
            ),
            CheckAsync(
                "bruno",
                ["/listings/19", "/messages", "/messages/1", "/messages/replies", .. OnPhones],
                Phone,
                isDarkToo
            ),
            CheckAsync(
                "carla",
                [
                    "/admin/rooms",
                    "/admin/users",
                    "/admin/users/2",
                    "/admin/messages",
                    "/admin",
                    "/admin/transparency",
                    "/admin/wall",
                    "/admin/audit",
                    "/admin/reports",
                    "/admin/rooms/1",
                    "/admin/rooms/2",
                    "/admin/rooms/1/replay",
                ],
                options =>
                {
                    Device(options);
                    Site.Phone(options);
                },
                isDarkToo
            )
        );
        var all = string.Join(Environment.NewLine, problems.SelectMany(found => found));
        Assert.True(all.Length == 0, all);

        void Phone(BrowserNewContextOptions options)
        {
            Device(options);
            Site.Phone(options);
        }

        // No motion: halfway through a theme transition, colours are not the real ones.
        void Device(BrowserNewContextOptions options) =>
            (options.Locale, options.ReducedMotion) = (language, ReducedMotion.Reduce);
    }

    private async Task<List<string>> CheckAsync(
        string? name,
        IEnumerable<string> pages,
        Action<BrowserNewContextOptions> device,
        bool isDarkToo
    )
    {
        var problems = new List<string>();
        await using var visit = await site.VisitAsync(name, device);
        foreach (var url in pages)
            problems.AddRange(await ProblemsAsync(visit.Page, url, isDarkToo));
        // The page that is not found logs an error.
        if (name is null)
            visit.ExpectComplaints();
        return problems;
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(IPage page, string url, bool isDarkToo)
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
        if (url is "/admin/rooms" or "/admin/users" or "/admin/audit" or "/admin/reports")
            await page.Locator(".admin-cards li, .empty")
                .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (url is "/admin")
            await page.Locator(".chart").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => document.title");
        // Run in the page: the Playwright package opens a new tab for each result, which costs more than axe.
        await page.EvaluateAsync(Axe);
        // Colours are the same in both languages, and their check costs most.
        var light = await RunAsync(
            page,
            $"{{ resultTypes: ['violations'], rules: {{ 'color-contrast': {{ enabled: {(isDarkToo ? "true" : "false")} }} }} }}"
        );
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        // Background colours are final only after their transitions.
        await page.WaitForFunctionAsync(
            "() => document.getAnimations().every((one) => one.effect.getComputedTiming().iterations === Infinity)"
        );
        // Only colours change with the theme.
        var dark = isDarkToo
            ? await RunAsync(page, "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }")
            : [];
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return light.Concat(dark).Select(violation => $"{url}: {violation}");
    }

    private static Task<string[]> RunAsync(IPage page, string options) =>
        page.EvaluateAsync<string[]>(
            $$"""
            async () => {
              const { violations, passes } = await axe.run(document, {{options}});
              if (passes.length === 0) throw new Error('axe found nothing to look at');
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
            }
            """
        );
}
