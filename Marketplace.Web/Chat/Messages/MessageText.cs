using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Renders text as encoded markup with marked matches and linked addresses that get no referrer.</summary>
public static class MessageText
{
    /// <summary>A family emoji of four with skin tones, in UTF-16 units, and some reserve.</summary>
    private const int MaxEmojiLength = 40;

    private const string Attributes = "target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\"";

    public static MarkupString Of(string text, IReadOnlyList<TextSpan> matches)
    {
        if (
            !text.Contains("http", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        )
            return new(Part(text, 0, text.Length, matches));
        var (markup, at) = (new StringBuilder(), 0);
        foreach (var ((start, length), target, spelled) in WebLink.Find(text))
        {
            markup.Append(Part(text, at, start, matches));
            at = start + length;
            markup.Append("<a href=\"" + Encode(target.AbsoluteUri) + "\" " + Attributes + ">");
            markup.Append((spelled is null ? Part(text, start, at, matches) : Encode(spelled)) + "</a>");
        }
        return new(markup.Append(Part(text, at, text.Length, matches)).ToString());
    }

    public static bool IsEmoji(string text)
    {
        if (text.Length > 3 * MaxEmojiLength)
            return false;
        var signs = 0;
        for (var at = 0; at < text.Length; signs++)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            if (!IsEmojiSign(text.AsSpan(at, length)))
                return false;
            at += length;
        }
        return signs is >= 1 and <= 3;
    }

    // Pictographs, and signs with the emoji variation selector (U+FE0F). Never digits or letters.
    private static bool IsEmojiSign(ReadOnlySpan<char> sign)
    {
        Rune.DecodeFromUtf16(sign, out var first, out _);
        return first.Value >= 0x1F000 && Rune.GetUnicodeCategory(first) is UnicodeCategory.OtherSymbol
            || first.Value is >= 0x2190 and <= 0x3299 && sign.Contains('\uFE0F');
    }

    public static long? Listing(string text, string site)
    {
        if (!text.Contains(site, StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (var ((start, length), _, _) in WebLink.Find(text))
        {
            var link = text.AsSpan(start, length);
            if (!link.StartsWith(site + "listings/", StringComparison.OrdinalIgnoreCase))
                continue;
            var number = link[(site.Length + "listings/".Length)..];
            var end = number.IndexOfAny('/', '?', '#');
            if (
                long.TryParse(
                    end < 0 ? number : number[..end],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id
                )
            )
                return id;
        }
        return null;
    }

    public static MarkupString Marked(string text, IReadOnlyList<TextSpan> matches, int before)
    {
        var at = matches is [var first, ..] ? VisibleText.Begin(text, Math.Max(0, first.Start - before)).Length : 0;
        return new((at > 0 ? "…" : "") + Part(text, at, text.Length, matches));
    }

    private static string Part(string text, int from, int to, IReadOnlyList<TextSpan> matches)
    {
        if (matches.Count == 0)
            return Encode(text[from..to]);
        var markup = new StringBuilder();
        foreach (var match in matches)
        {
            var (start, end) = (Math.Max(from, match.Start), Math.Min(to, match.Start + match.Length));
            if (start >= end)
                continue;
            markup.Append(Encode(text[from..start]) + "<mark>" + Encode(text[start..end]) + "</mark>");
            from = end;
        }
        return markup.Append(Encode(text[from..to])).ToString();
    }

    /// <summary>Writes letters as themselves, because pages are UTF-8.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);
}
