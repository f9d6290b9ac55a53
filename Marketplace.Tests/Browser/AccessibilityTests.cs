using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(Alone.Name)]
public sealed class AccessibilityTests(Site site) : IClassFixture<Site>
{
    private static readonly string[] ForVisitors =
    [
        "/",
        "/?q=nothing-like-this",
        "/listings/1",
        "/account/login",
        "/account/register",
        "/account/forgot-password",
        "/not-there",
    ];

    private static readonly string[] ForAdministrators =
    [
        "/",
        "/listings/1",
        "/listings/new",
        "/listings/mine",
        "/messages",
        "/account/manage",
        "/account/manage/password",
        "/account/manage/email",
        "/account/manage/two-factor",
        "/admin/rooms",
        "/admin/rooms/1",
        "/admin/users",
        "/admin/audit",
    ];

    [BrowserFact]
    public Task Pages_are_free_of_violations_in_Spanish_in_both_themes() => CheckAsync("es-ES");

    [BrowserFact]
    public Task Pages_are_free_of_violations_in_English_in_both_themes() => CheckAsync("en-GB");

    private async Task CheckAsync(string language)
    {
        var problems = new List<string>();
        await using (var visitor = await site.VisitAsync(device: Device))
        {
            foreach (var url in ForVisitors)
                problems.AddRange(await ProblemsAsync(visitor.Page, url));
            visitor.Forgive();
        }
        await using (var carla = await site.VisitAsync(device: Device))
        {
            await SignInAsync(carla.Page, "carla");
            foreach (var url in ForAdministrators)
                problems.AddRange(await ProblemsAsync(carla.Page, url));
        }
        await using (
            var bruno = await site.VisitAsync(device: options =>
            {
                Device(options);
                Site.Phone(options);
            })
        )
        {
            await SignInAsync(bruno.Page, "bruno");
            foreach (var url in new[] { "/messages", "/messages/1" })
                problems.AddRange(await ProblemsAsync(bruno.Page, url));
        }
        Assert.Empty(problems);

        // Without motion: halfway between two themes no colour is the one that is meant.
        void Device(BrowserNewContextOptions options) =>
            (options.Locale, options.ReducedMotion) = (language, ReducedMotion.Reduce);
    }

    // By field, as the labels are in the language under test.
    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/account/login");
        await page.Locator("[type=email]").FillAsync($"{name}@demo.local");
        await page.Locator("[type=password]").FillAsync("Demo-1234");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/login", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        if (
            url.StartsWith("/messages/", StringComparison.Ordinal)
            || url.StartsWith("/admin/rooms/", StringComparison.Ordinal)
        )
            await page.Locator("[data-seq]").First.WaitForAsync();
        // The title is written anew when a live page starts.
        await page.WaitForFunctionAsync("() => document.title");
        var light = await page.RunAxe();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        // Of all that is looked at, only colours change with the theme.
        var dark = await page.RunAxe(
            new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
            }
        );
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return from violation in light.Violations.Concat(dark.Violations)
            from node in violation.Nodes
            select $"{url}: {violation.Id}: {node.Html}";
    }
}
