using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Parts;

/// <summary>A message's text as markup: everything encoded, web addresses as links that tell their target nothing of us.</summary>
internal static partial class MessageText
{
    private const string Attributes = "target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\"";

    public static MarkupString Of(string text)
    {
        if (
            !text.Contains("http", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        )
            return new(Encode(text));
        var (markup, at) = (new StringBuilder(), 0);
        foreach (Match match in Address().Matches(text))
        {
            var link = Trimmed(match.Value);
            var target = link.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? $"https://{link}" : link;
            if (!Uri.TryCreate(target, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
                continue;
            markup.Append(Encode(text[at..match.Index]));
            markup.Append("<a href=\"" + Encode(uri.AbsoluteUri) + "\" " + Attributes + ">" + Encode(link) + "</a>");
            at = match.Index + link.Length;
        }
        return new(markup.Append(Encode(text[at..])).ToString());
    }

    /// <summary>The first listing of this site that a text links to.</summary>
    public static long? Listing(string text, string site)
    {
        if (!text.Contains(site, StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (Match match in Address().Matches(text))
            if (
                match.Value.StartsWith(site + "listings/", StringComparison.OrdinalIgnoreCase)
                && Number().Match(match.Value[(site.Length + "listings/".Length)..]) is { Success: true } number
                && long.TryParse(number.Value, CultureInfo.InvariantCulture, out var id)
            )
                return id;
        return null;
    }

    /// <summary>A text with its matches marked, from shortly before the first one on.</summary>
    public static MarkupString Marked(string text, IReadOnlyList<TextSpan> matches, int before)
    {
        var at = matches is [var first, ..] ? Math.Max(0, first.Start - before) : 0;
        // Never half of an emoji.
        at += at > 0 && char.IsLowSurrogate(text[at]) ? 1 : 0;
        var markup = new StringBuilder(at > 0 ? "…" : "");
        foreach (var match in matches)
        {
            markup.Append(Encode(text[at..match.Start]));
            at = match.Start + match.Length;
            markup.Append("<mark>" + Encode(text[match.Start..at]) + "</mark>");
        }
        return new(markup.Append(Encode(text[at..])).ToString());
    }

    // A full stop after an address ends the sentence; a closing bracket ends what was opened before it.
    private static string Trimmed(string link)
    {
        var end = link.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '"', '»', '”');
        return end.EndsWith(')') && !end.Contains('(') ? Trimmed(end[..^1]) : end;
    }

    /// <summary>Letters as themselves, not as numbers: our pages are UTF-8.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    [GeneratedRegex(@"\b(?:https?://|www\.)[^\s<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^\d+(?=$|[/?#.,;:!)])")]
    private static partial Regex Number();
}
