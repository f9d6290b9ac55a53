using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <param name="Spelled">The text to show instead, if the host looks like another one; otherwise null.</param>
public readonly partial record struct WebLink(TextSpan Span, Uri Target, string? Spelled)
{
    private const string Trailing = ".,;:!?'*_~·–—";

    public static IEnumerable<WebLink> Find(string text)
    {
        var end = 0;
        foreach (Match match in Beginning().Matches(text))
        {
            if (match.Index < end || !CanBegin(text, match.Index))
                continue;
            end = End(text, match.Index + match.Length);
            while (end > match.Index && Trailing.Contains(text[end - 1]))
                end--;
            if (end > match.Index + match.Length && Read(text[match.Index..end]) is var (target, spelled))
                yield return new(new TextSpan(match.Index, end - match.Index), target, spelled);
        }
    }

    // Scripts outside Latin may have no space before an address.
    private static bool CanBegin(string text, int at) =>
        at == 0
        || !(char.IsLetterOrDigit(text[at - 1]) && text[at - 1] < 0x250)
            && !(char.ToLowerInvariant(text[at]) == 'w' && text[at - 1] is '.' or '-' or '@' or '/');

    private static int End(string text, int at)
    {
        var open = new Stack<int>();
        for (var host = true; at < text.Length; at++)
        {
            var character = text[at];
            host = host && character is not ('/' or '?' or '#');
            if (
                IsEnd(character)
                || host && character is '(' or ')' or '[' or ']'
                || host && char.IsAsciiLetterOrDigit(text[at - 1]) && IsForeign(text, at)
                || character is ',' or ';' && Begins(text.AsSpan(at + 1))
            )
                break;
            if (character is '(' or '[')
                open.Push(at);
            if (character is not (')' or ']'))
                continue;
            if (!open.TryPeek(out var opening) || text[opening] != (character == ')' ? '(' : '['))
                break;
            open.Pop();
        }
        return open.Count > 0 ? open.Last() : at;
    }

    private static bool Begins(ReadOnlySpan<char> text) =>
        Beginning().EnumerateMatches(text[..Math.Min(text.Length, 8)]) is var found
        && found.MoveNext()
        && found.Current.Index == 0;

    // Scripts without word spaces, and Hangul with its particles, may directly follow a host.
    private static bool IsForeign(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) && (Words.IsOfRun(rune) || rune.Value is >= 0xAC00 and <= 0xD7AF);

    private static bool IsEnd(char character) =>
        character < 0x80
            ? character <= ' ' || character is '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '\x7F'
            : character != '·'
                && char.GetUnicodeCategory(character)
                    is UnicodeCategory.OtherPunctuation
                        or UnicodeCategory.OpenPunctuation
                        or UnicodeCategory.ClosePunctuation
                        or UnicodeCategory.InitialQuotePunctuation
                        or UnicodeCategory.FinalQuotePunctuation
                        or UnicodeCategory.SpaceSeparator
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Control
                        or UnicodeCategory.Format;

    private static (Uri Target, string? Spelled)? Read(string link)
    {
        var address = char.ToLowerInvariant(link[0]) == 'w' ? "https://" + link : link;
        // A user name before the host can disguise the target.
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var target)
            || target.Host.Length == 0
            || target.UserInfo.Length > 0
            || !Ascii.IsValid(target.IdnHost)
        )
            return null;
        if (Ascii.IsValid(target.Host) || !Deceives(target.Host))
            return (target, null);
        var at = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var rest = address.AsSpan(at).IndexOfAny('/', '?', '#');
        return (
            target,
            address[..at]
                + target.IdnHost
                + (target.IsDefaultPort ? "" : $":{target.Port}")
                + (rest < 0 ? "" : address[(at + rest)..])
        );
    }

    // Mixed scripts in a label, Latin lookalikes, or mixed text directions in a host.
    private static bool Deceives(string host)
    {
        var labels = host.Split('.');
        // Under a top-level domain in its own script, nobody expects a Latin name.
        var latin = Ascii.IsValid(labels[^1]);
        return labels.Any(label =>
                !Ascii.IsValid(label) && (latin && Ascii.IsValid(NameRules.LooksLike(label)) || Scripts.Mixes(label))
            )
            || labels.Any(IsRightToLeft) && !labels.All(IsRightToLeft);
    }

    private static bool IsRightToLeft(string label) => label.EnumerateRunes().Any(VisibleText.IsRightToLeft);

    [GeneratedRegex(@"[hH][tT][tT][pP][sS]?://|[wW][wW][wW]\.")]
    private static partial Regex Beginning();
}
