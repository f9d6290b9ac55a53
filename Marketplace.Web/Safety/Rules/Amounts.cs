using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketplace.Web.Safety.Rules;

/// <summary>An amount far above the listing's price, of which something is to come back.</summary>
internal static class Amounts
{
    /// <summary>In letters.</summary>
    private const int Near = 80;

    private static readonly Regex Paid = Phrase.Clue(
        @"\b(?:bizum|transf\w+|ingres\w+|mand\w+|envi\w+|pag\w+|send|sent|pay|paid)\b[^.?!\d]{0,15}[0-9]{2,6}\b"
    );

    public static (int Start, int End)? Find(string text, long? price)
    {
        if (price is not > 0 || DemandClues.GiveBack.Match(text) is not { Success: true } back)
            return null;
        foreach (var paid in Paid.EnumerateMatches(text))
        {
            var end = paid.Index + paid.Length;
            if (IsFarAbove(text.AsSpan(paid.Index, paid.Length), price.Value) && Math.Abs(back.Index - end) <= Near)
                return (Math.Min(paid.Index, back.Index), Math.Max(end, back.Index + back.Length));
        }
        return null;
    }

    private static bool IsFarAbove(ReadOnlySpan<char> paid, long price)
    {
        var amount = paid[(paid.LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return long.Parse(amount, NumberStyles.None, CultureInfo.InvariantCulture) * 100 >= price * 5 / 4;
    }
}
