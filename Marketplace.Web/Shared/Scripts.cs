using System.Text;

namespace Marketplace.Web.Shared;

internal static class Scripts
{
    /// <summary>Whether the letters come from scripts that no word mixes.</summary>
    public static bool Mixes(string label)
    {
        var scripts = label.EnumerateRunes().Where(Rune.IsLetter).Select(Script).ToHashSet();
        // East Asian scripts are normally mixed, also with Latin.
        return scripts.Count > 1 && !scripts.IsSubsetOf(["Latin", "Far East"]);
    }

    private static string Script(Rune rune) =>
        rune.Value switch
        {
            < 0x250 or (>= 0x1E00 and <= 0x1EFF) => "Latin",
            >= 0x370 and <= 0x3FF or (>= 0x1F00 and <= 0x1FFF) => "Greek",
            >= 0x400 and <= 0x52F => "Cyrillic",
            >= 0x1100 and <= 0x11FF or (>= 0x3000 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or >= 0x20000 =>
                "Far East",
            // By Unicode block: letters of two of these never share a word.
            var other => $"{other >> 7}",
        };
}
