using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

/// <summary>Rules against names that look like others' (confusables of Unicode Technical Standard 39). Pure.</summary>
public static class NameRules
{
    // Matched as whole names or words; those of at least LongWord letters also inside a word.
    private static readonly HashSet<string> Reserved =
    [
        .. new[]
        {
            "marketplace",
            "soporte",
            "support",
            "administracion",
            "administrador",
            "administradora",
            "administration",
            "administrator",
            "admin",
            "moderacion",
            "moderador",
            "moderadora",
            "moderation",
            "moderator",
            "atencionalcliente",
            "serviciotecnico",
            "customerservice",
            "correos",
            "correosexpress",
            "seur",
            "mrw",
            "gls",
            "dhl",
            "fedex",
            "nacex",
            "inpost",
            "packlink",
            "bizum",
            "paypal",
        }.Select(Loose),
    ];

    // What a closed account is called (SharedTexts). Also as a part of a longer name.
    private static readonly string[] Closed = [Loose("cuentaeliminada"), Loose("deletedaccount")];

    private const int LongWord = 7;

    private static readonly Dictionary<Rune, char> Likeness = Pairs(
        "АaВbЕeЅsІiЈjКkМmНhОoРpСcТtУyХxԚqԜwҺhӀlЗ3Ьb"
            + "аaвbеeѕsіiјjкkмmнhоoрpсcтtуyхxԛqԝwһhӏlԁdгrпnиu"
            + "ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧx"
            + "αaβbεeζzηnιiκkμmνvοoρpτtυuχxγyωwσo"
            + "ՕoՍuՏsԼlօoսuոnհhցgզqյj"
            + "ᎪaᏴbᏟcᎬeᎻhᎫjᏦkᏞlᎷmᏢpᎡrᏚsᎢtᏙvᎳwᏃz"
            + "ᴀaʙbᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgǃiǀl"
    );

    public static string LooksLike(string name) => Words.Key(Latin(name));

    public static bool IsReserved(string name)
    {
        var words = Words.Of(Latin(name)).Select(word => Loose(word.Text)).ToList();
        var all = string.Concat(words);
        return Reserved.Contains(all)
            || Closed.Any(one => all.Contains(one, StringComparison.Ordinal))
            || words.Exists(word =>
                Reserved.Contains(word)
                || Reserved.Any(one => one.Length >= LongWord && word.Contains(one, StringComparison.Ordinal))
            );
    }

    private static string Latin(string name) =>
        string.Concat(
            Folding
                .Sound(name)
                .Normalize(NormalizationForm.FormKD)
                .EnumerateRunes()
                .Select(rune => TryLatin(rune, out var letter) ? letter.ToString() : rune.ToString())
        );

    internal static bool TryLatin(Rune rune, out char letter) => Likeness.TryGetValue(rune, out letter);

    /// <summary>Makes one of the digits, letters and pairs of letters that look alike.</summary>
    internal static string Loose(string word) =>
        string.Concat(
                word.Select(character =>
                    character switch
                    {
                        '0' => 'o',
                        '1' or 'l' => 'i',
                        '3' => 'e',
                        '4' => 'a',
                        '5' => 's',
                        '7' => 't',
                        _ => character,
                    }
                )
            )
            .Replace("rn", "m", StringComparison.Ordinal)
            .Replace("vv", "w", StringComparison.Ordinal);

    private static Dictionary<Rune, char> Pairs(string pairs)
    {
        var runes = pairs.EnumerateRunes().ToArray();
        return runes.Chunk(2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => (char)pair[1].Value);
    }
}
