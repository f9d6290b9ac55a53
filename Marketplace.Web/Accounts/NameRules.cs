using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Which names nobody may carry, because others would take their bearer for somebody else. Letters are compared by how they
/// look: the Cyrillic and Greek ones that a reader takes for Latin (Unicode Technical Standard 39 lists them). Pure.
/// </summary>
public static class NameRules
{
    // Who writes under one of these is believed. Whole words, and any word that contains a long one.
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

    private const int LongWord = 7;

    private static readonly Dictionary<Rune, char> Likeness = Pairs(
        // Cyrillic, capitals and small letters.
        "АaВbЕeЅsІiЈjКkМmНhОoРpСcТtУyХxԚqԜwҺhӀlЗ3Ьb"
            + "аaвbеeѕsіiјjкkмmнhоoрpсcтtуyхxԛqԝwһhӏlԁdгrпnиu"
            // Greek.
            + "ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧx"
            + "αaβbεeζzηnιiκkμmνvοoρpτtυuχxγyωwσo"
            // Armenian.
            + "ՕoՍuՏsԼlօoսuոnհhցgզqյj"
            // Cherokee.
            + "ᎪaᏴbᏟcᎬeᎻhᎫjᏦkᏞlᎷmᏢpᎡrᏚsᎢtᏙvᎳwᏃz"
            // Small capitals and signs of phonetics.
            + "ᴀaʙbᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgǃiǀl"
    );

    /// <summary>The name with each letter that looks like a Latin one replaced by it, folded as names are.</summary>
    public static string LooksLike(string name) => Words.Key(Latin(name));

    /// <summary>Whether a reader would take the name for the site's own, or for a service that people trust.</summary>
    public static bool IsReserved(string name)
    {
        var words = Words.Of(Latin(name)).Select(word => Loose(word.Text)).ToList();
        return Reserved.Contains(string.Concat(words))
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
                .Select(rune => Likeness.TryGetValue(rune, out var letter) ? letter.ToString() : rune.ToString())
        );

    // Digits as the letters that they stand for, and letters that are hard to tell apart as one.
    private static string Loose(string word) =>
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
