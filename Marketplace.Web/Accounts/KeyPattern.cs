namespace Marketplace.Web.Accounts;

/// <summary>Passwords that are no words but movements of a finger: repeated, counted, or along the keyboard. Pure.</summary>
/// <remarks><c>Pages/Parts/strength.js</c> says the same while one types.</remarks>
internal static class KeyPattern
{
    /// <summary>One repeated more than once is a pattern: hahahaha, gatogato.</summary>
    private const int MaxUnit = 4;

    private const int MinRuns = 3;

    private static readonly string[] Rows = ["1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm"];

    public static bool Is(string folded) => Runs(folded) < MinRuns || Repeats(folded);

    private static int Runs(string text) => text.Where((letter, i) => i == 0 || !Follows(letter, text[i - 1])).Count();

    private static bool Repeats(string text) =>
        Enumerable.Range(1, MaxUnit).Any(unit => unit * 2 <= text.Length && text[unit..] == text[..^unit]);

    private static bool Follows(char letter, char before) =>
        Math.Abs(letter - before) <= 1
        || Rows.Any(row =>
            row.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at
            && row.IndexOf(before, StringComparison.Ordinal) is >= 0 and var next
            && Math.Abs(at - next) == 1
        );
}
