using System.Text.RegularExpressions;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Chat;

/// <summary>Pages preload all scripts at once: on a slow line each nested import costs another second.</summary>
public sealed partial class PreloadTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData(false, "/Chat/Inbox/InboxList.razor.js")]
    [InlineData(
        true,
        "/Chat/Inbox/InboxList.razor.js",
        "/Chat/Messages/MessageLog.razor.js",
        "/Chat/Composer/MessageComposer.razor.js"
    )]
    public async Task A_page_of_messages_asks_for_all_its_scripts_at_once(bool inRoom, params string[] parts)
    {
        var (ana, _, room) = await app.TalkAsync();
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var page = await hers.GetStringAsync(inRoom ? $"/messages/{room}" : "/messages");
        var asked = Preload().Matches(page).Select(found => found.Groups[1].Value).ToHashSet();
        Assert.Subset(asked, Needed(parts));
    }

    private static HashSet<string> Needed(IEnumerable<string> parts)
    {
        var needed = new HashSet<string>();
        var open = new Queue<string>(parts);
        while (open.TryDequeue(out var script))
            if (needed.Add(script))
                foreach (Match import in Import().Matches(Source(script)))
                    open.Enqueue(import.Groups[1].Value);
        return needed;
    }

    private static string Source(string script)
    {
        var beside = Path.Combine(Sources.Root, script[1..]);
        return File.ReadAllText(File.Exists(beside) ? beside : Path.Combine(Sources.Root, "wwwroot", script[1..]));
    }

    [GeneratedRegex("""rel="modulepreload" href="([^"]+)""")]
    private static partial Regex Preload();

    [GeneratedRegex("""^import .*'(/[^']+)';""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
