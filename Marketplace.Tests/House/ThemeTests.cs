using System.Text.RegularExpressions;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Layout;
using MudBlazor;
using MudBlazor.Services;

namespace Marketplace.Tests.House;

/// <summary>
/// Compares theme.css with the library's theme provider; MARKETPLACE_THEME=write (scripts/theme) writes it instead.
/// </summary>
public sealed partial class ThemeTests
{
    private static readonly string Sheet = Path.Combine(Sources.Root, "Layout", "Styles", "theme.css");

    [Fact]
    public async Task The_style_sheet_says_what_the_theme_says()
    {
        var expected = await SheetAsync();
        if (Environment.GetEnvironmentVariable("MARKETPLACE_THEME") == "write")
            await File.WriteAllTextAsync(Sheet, expected);
        Assert.Equal(expected, await File.ReadAllTextAsync(Sheet));
    }

    [Fact]
    public async Task The_page_for_when_there_is_no_connection_has_the_colours_of_the_theme()
    {
        var theme = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "Layout", "SiteTheme.cs"));
        var offline = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "wwwroot", "offline.css"));
        var colours = Colour().Matches(offline).Select(found => found.Value);
        Assert.NotEmpty(colours);
        Assert.All(colours, colour => Assert.Contains($"\"{colour}\"", theme));
    }

    private static async Task<string> SheetAsync()
    {
        var (light, dark) = (await VariablesAsync(isDark: false), await VariablesAsync(isDark: true));
        var both = light.Keys.Select(name => $"{name}:{Both(light[name], dark[name])}");
        // light-dark() accepts only colours, so the library's colour components need rules of their own.
        var night = dark.Where(one => one.Value != light[one.Key] && !IsColour(one.Value))
            .Select(one => $"{one.Key}:{one.Value}");
        return string.Join(
            '\n',
            "/* Generated from Layout/SiteTheme.cs by scripts/theme; House/ThemeTests compares the two. */",
            $":root{{color-scheme:light dark;{string.Join(';', both)}}}",
            ":root[data-theme=light]{color-scheme:light}",
            $":root[data-theme=dark]{{color-scheme:dark;{string.Join(';', night)}}}",
            $"@media (prefers-color-scheme:dark){{:root:not([data-theme]){{{string.Join(';', night)}}}}}",
            ""
        );
    }

    private static string Both(string light, string dark) =>
        light == dark || !IsColour(light) ? light : $"light-dark({light},{dark})";

    private static bool IsColour(string value) => value.StartsWith("rgb") || value.StartsWith('#');

    private static async Task<Dictionary<string, string>> VariablesAsync(bool isDark)
    {
        await using var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        var provider = context.Render<MudThemeProvider>(parameters =>
            parameters.Add(p => p.Theme, SiteTheme.Theme).Add(p => p.IsDarkMode, isDark)
        );
        return Variable()
            .Matches(Root().Match(provider.Markup).Groups[1].Value)
            .ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value.Trim());
    }

    [GeneratedRegex("#[0-9a-f]{3,8}")]
    private static partial Regex Colour();

    [GeneratedRegex(@":root\s*\{([^}]*)\}")]
    private static partial Regex Root();

    [GeneratedRegex(@"(--[\w-]+):\s*([^;]*)")]
    private static partial Regex Variable();
}
