using System.Text.RegularExpressions;
using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Safety.Rules;

/// <summary>Finds hosts that pass for those of carriers, banks, payment services, marketplaces or this site.</summary>
internal static class Hosts
{
    private const string Dot = @"(?:\.| \. |\[\.\]|\(\.\)| ?[\[(](?:punto|dot)[\])] ?| punto | dot )";

    /// <summary>Of addresses without a scheme: any word may follow a full stop without a space.</summary>
    private const string CommonEnding =
        "com|es|net|org|info|biz|eu|top|xyz|shop|online|icu|site|store|club|click|website|space|fun|"
        + "pro|vip|cc|ru|cn|link|page|support|pw|co|live|app|digital|help|today|world|cloud|win|buzz";

    private static readonly Regex Host = Phrase.Clue(
        $@"\b(?:h(?:tt|xx)ps?:/{{1,2}}|www{Dot})[a-z0-9][a-z0-9-]*(?:{Dot}[a-z0-9-]+)+"
            + $@"|\b[a-z0-9][a-z0-9-]*(?:{Dot}[a-z0-9-]+)*{Dot}(?:{CommonEnding})\b"
    );

    private static readonly Regex Dots = Phrase.Clue(Dot);

    private static readonly Regex Scheme = Phrase.Clue(@"^h(?:tt|xx)ps?:/{1,2}");

    /// <summary>Found anywhere in a label of another host.</summary>
    private static readonly string[] Names =
    [
        .. (
            "correos wallapop vinted milanuncios bizum paypal amazon caixabank sabadell bankinter "
            + "kutxabank ibercaja unicaja abanca openbank packlink"
        )
            .Split(' ')
            .Select(NameRules.Loose),
    ];

    /// <summary>Short or ordinary words: only whole, and with a word that baits.</summary>
    private static readonly string[] CommonNames =
    [
        .. "seur mrw gls dhl ups nacex inpost bbva ing santander ebay marketplace".Split(' ').Select(NameRules.Loose),
    ];

    private static readonly string[] Bait =
    [
        .. (
            "pago cobro cobra envio entrega recib verific client segur acceso login cuenta pay deliver "
            + "secur track express recogida paquet parcel order orden"
        )
            .Split(' ')
            .Select(NameRules.Loose),
    ];

    private static readonly string[] True =
    [
        .. (
            "correos.es correos.com correosexpress.com correosexpress.es wallapop.com vinted.es "
            + "vinted.com vinted.fr vinted.it vinted.pt vinted.de vinted.co.uk"
            + " vinted.nl vinted.be milanuncios.com bizum.es bizum.com paypal.com paypal.es paypal.me "
            + "amazon.es amazon.com amazon.co.uk amazon.de amazon.fr"
            + " amazon.it amazon.pt amazonaws.com caixabank.es caixabank.com bancsabadell.com "
            + "bancosabadell.com bankinter.com bankinter.es kutxabank.es"
            + " kutxabank.com ibercaja.es unicajabanco.es unicaja.es abanca.com openbank.es openbank.com "
            + "packlink.es packlink.com seur.com seur.es mrw.es"
            + " mrw.com gls-spain.es gls-spain.com gls-group.com gls-group.eu dhl.com dhl.es ups.com "
            + "nacex.es nacex.com inpost.es inpost.com bbva.es bbva.com"
            + " ing.es ing.com santander.es santander.com bancosantander.es ebay.es ebay.com ebay.co.uk ebay.de"
        ).Split(' '),
    ];

    public static TextSpan? FindFalse(ReadableText read, string text, string site)
    {
        foreach (var match in Host.EnumerateMatches(read.Text))
        {
            var span = read.Span(match.Index, match.Index + match.Length);
            if (IsFalse(Plain(read.Text.Substring(match.Index, match.Length)), Written(text, span), site))
                return span;
        }
        return null;
    }

    private static string Written(string text, TextSpan span) =>
        Plain(text.Substring(span.Start, span.Length).ToLowerInvariant());

    private static string Plain(string host) => Scheme.Replace(Dots.Replace(host, "."), "");

    private static bool IsFalse(string host, string written, string site)
    {
        if (IsOf(host, site) || True.Any(one => IsOf(host, one)))
            return host != written;
        return host.Split('.').Any(label => label.StartsWith("xn--", StringComparison.Ordinal)) || Imitates(host);
    }

    private static bool IsOf(string host, string owner) =>
        owner.Length > 0 && (host == owner || host.EndsWith("." + owner, StringComparison.Ordinal));

    private static bool Imitates(string host)
    {
        var labels = host.Split('.').Select(NameRules.Loose).ToList();
        return labels.Exists(label =>
                Names.Any(name =>
                    label.Replace("-", "", StringComparison.Ordinal).Contains(name, StringComparison.Ordinal)
                )
            )
            || labels.SelectMany(label => label.Split('-')).Any(CommonNames.Contains)
                && Bait.Any(bait => labels.Exists(label => label.Contains(bait, StringComparison.Ordinal)));
    }
}
