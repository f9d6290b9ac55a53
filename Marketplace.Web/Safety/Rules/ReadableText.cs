using System.Globalization;
using System.Text;
using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Safety.Rules;

/// <summary>
/// A text as an eye takes it: small Latin letters without accents, look-alikes and digits between letters read as the
/// letters they stand for, "w h a t s" as one word, nothing invisible, single spaces. Each character knows its origin.
/// </summary>
internal sealed class ReadableText
{
    /// <summary>In UTF-16 units of the original; more than the longest message.</summary>
    internal const int MaxLength = 5_000;

    private const string Disguised = "0134578@$!";
    private const string Letters = "oieastbasi";
    private const string Separators = " .-_*·";

    /// <summary>Fewer single letters in a row are initials.</summary>
    private const int ShortestSpelledWord = 4;

    private readonly StringBuilder _read = new();
    private readonly List<(int Start, int End)> _origins = [];

    public ReadableText(string text)
    {
        var end = Math.Min(text.Length, MaxLength);
        for (int at = 0, length; at < end; at += length)
        {
            // An unpaired surrogate is the replacement character, one unit long.
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
            Read(rune, at, at + length);
        }
        Undisguise();
        Text = JoinSpelledWords();
    }

    public string Text { get; }

    /// <summary>The span of the original for a part of <see cref="Text"/>.</summary>
    public TextSpan Span(int start, int end) =>
        start >= end ? default : new(_origins[start].Start, _origins[end - 1].End - _origins[start].Start);

    private void Read(Rune rune, int start, int end)
    {
        if (!rune.IsAscii && NameRules.TryLatin(rune, out var letter))
            Append(letter, start, end);
        else if (rune.IsBmp && Folding.TryFold((char)rune.Value, out var plain))
            Append(char.IsControl(plain) ? ' ' : plain, start, end);
        else
            ReadOther(rune, start, end);
    }

    private void ReadOther(Rune rune, int start, int end)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                if (_origins.Count > 0)
                    _origins[^1] = _origins[^1] with { End = end };
                break;
            case UnicodeCategory.OtherSymbol or UnicodeCategory.Control:
                Append(' ', start, end);
                break;
            default:
                foreach (var folded in Folding.Fold(rune.ToString()).EnumerateRunes())
                    Append(Latin(folded), start, end);
                break;
        }
    }

    private static char Latin(Rune folded) =>
        NameRules.TryLatin(folded, out var letter) ? letter
        : folded.IsBmp ? (char)folded.Value
        : ' ';

    private void Append(char character, int start, int end)
    {
        var read = character switch
        {
            'ñ' => 'n',
            '’' or '‘' or 'ʼ' or '´' or '`' => '\'',
            _ when char.IsWhiteSpace(character) => ' ',
            _ => character,
        };
        if (read == ' ' && _read is [.., ' '])
            return;
        _read.Append(read);
        _origins.Add((start, end));
    }

    /// <summary>"wh4ts" and "b1zum", but neither "i7" nor "ana@a.es".</summary>
    private void Undisguise()
    {
        for (var at = 1; at < _read.Length - 1; at++)
        {
            var end = at;
            while (end < _read.Length && Disguised.Contains(_read[end]))
                end++;
            if (end - at is 1 or 2 && end < _read.Length && IsLetter(at - 1) && IsLetter(end) && !IsAddress(at, end))
                for (var i = at; i < end; i++)
                    _read[i] = Letters[Disguised.IndexOf(_read[i])];
            at = Math.Max(at, end - 1);
        }
    }

    private bool IsAddress(int sign, int at)
    {
        while (_read[sign] == '@' && at < _read.Length && (char.IsAsciiLetterOrDigit(_read[at]) || _read[at] == '-'))
            at++;
        return _read[sign] == '@' && at < _read.Length - 1 && _read[at] == '.' && IsLetter(at + 1);
    }

    private string JoinSpelledWords()
    {
        var (joined, kept) = (new StringBuilder(_read.Length), 0);
        for (var at = 0; at < _read.Length; at++)
        {
            var end = SpelledEnd(at);
            for (var step = end > at ? 2 : 1; at <= end; at += step)
            {
                joined.Append(_read[at]);
                _origins[kept++] = _origins[at];
            }
            at = end;
        }
        return joined.ToString();
    }

    /// <summary>The last of single letters with one sign between; the same place if there is no such word.</summary>
    private int SpelledEnd(int start)
    {
        if (!IsAlone(start) || start + 1 >= _read.Length || !Separators.Contains(_read[start + 1]))
            return start;
        var end = start;
        while (end + 2 < _read.Length && _read[end + 1] == _read[start + 1] && IsAlone(end + 2))
            end += 2;
        return (end - start) / 2 + 1 >= ShortestSpelledWord ? end : start;
    }

    private bool IsAlone(int at) =>
        IsLetter(at)
        && (at == 0 || !char.IsLetterOrDigit(_read[at - 1]))
        && (at + 1 == _read.Length || !char.IsLetterOrDigit(_read[at + 1]));

    private bool IsLetter(int at) => char.IsAsciiLetterLower(_read[at]);
}
