using System.Text.RegularExpressions;
using static Marketplace.Web.Safety.Rules.Phrase;

namespace Marketplace.Web.Safety.Rules;

/// <summary>What demands money, or an answer to somebody who seems to be in charge, in Spanish and English.</summary>
internal static class DemandClues
{
    public static readonly Regex Voucher = Clue(
        @"\b(?:pay[ -]?safe(?:[ -]?cards?)?|neo[ -]?surf|trans[ -]?cash|toneo|flexepin|cash ?lib|astropay)\b"
    );

    public static readonly Regex GiftCard = Clue(
        @"\b(?:tarjetas? (?:de )?(?:regalo|prepago|amazon|steam|itunes|google|apple|xbox|psn|playstation"
            + @"|cadeau)|(?:cheques?|bonos?|cupon(?:es)?) regalo|una de (?:amazon|steam|itunes|google play"
            + @"|apple) de \d+"
            + @"|(?:amazon|steam|itunes|google play|apple|xbox|gift|prepaid) (?:gift )?(?:cards?|vouchers?))\b"
    );

    public static readonly Regex AsMoney = Clue(
        @"\b(?:pag[ae]me|pagar(?:te)? con|(?:te|me lo) pag[oa]s?|pag[au]\w* (?:con|en)|consigue\w*"
            + @"|pago (?:con|por|en|mediante)|solo acepto|codigos?|pin|numeros?|digitos|rasca\w*|compr(?:a|as"
            + @"|ame|es)|carga(?:s|r)?|recargas?"
            + @"|pay (?:with|by|you|me)|i only (?:take|accept)|cards only|buy|get me|codes?|digits)\b"
    );

    public static readonly Regex GiftCardForSale = Clue(@"\b(?:incluid[ao]s?|sin (?:usar|canjear)|included|unused)\b");

    public static readonly Regex Authority = Clue(
        @"\b(?:equipo de (?:soporte|moderacion|seguridad|marketplace|atencion)|soporte (?:tecnico )?(?:de"
            + @"|del) (?:marketplace|la (?:plataforma|web|pagina|app))"
            + @"|atencion al cliente (?:de|del) (?:marketplace|la (?:plataforma|web|pagina|app))"
            + @"|departamento de (?:seguridad|pagos|soporte|fraudes?)|soy \w+(?: \w+)? de marketplace|(?:mensaje"
            + @"|aviso) (?:automatico|oficial) de"
            + @"|(?:administracion|moderacion) de (?:marketplace|la (?:plataforma|web|pagina|app))|(?:agente"
            + @"|gestor) de (?:soporte|marketplace|pagos)|(?:somos|aqui) (?:el )?(?:soporte|marketplace)"
            + @"|(?:mensaje|aviso) del sistema|(?:del|el) centro de ayuda"
            + @"|marketplace (?:support|security|safety|team|customer)|(?:support|security|safety"
            + @"|moderation) team|customer (?:service|support) of (?:the platform|marketplace)|support agent"
            + @"|automatic message from|marketplace here)\b"
    );

    public static readonly Regex Claims = Clue(
        @"\b(?:(?:tu|su) (?:cuenta|anuncio|venta|pago|identidad|articulo|perfil)|(?:tus|sus) datos"
            + @"|verific\w+|suspend\w+|bloquea\w+|retenid\w+|limitad\w+|validar|seguridad|dni|desbloque\w+"
            + @"|numero de cuenta"
            + @"|your (?:account|sale|listing|payment|identity|details|item|profile)|verify|suspended|blocked"
            + @"|on hold|account number)\b"
    );

    public static readonly Regex TellsOfIt = Clue(
        @"\b(?:me (?:ha|han|ha estado) (?:escrito|llamado|escribi)|dic(?:e|en|ia|iendo) (?:que|ser)"
            + @"|se hac\w+ pasar|haciendose pasar|(?:he|ya) (?:escrito|avisado)|someone (?:says|claims)"
            + @"|pretending)\b"
    );

    public static readonly Regex TooMuch = Clue(
        @"\b(?:(?:pag|mand|envi|ingres|transf|recib|hecho|hago)\w*[^.?!]{0,35}\b(?:de mas|extra|mas dinero"
            + @"|mas de lo|el doble|dos veces|por error|por encima)|(?:un cero|dinero) de mas|mas dinero"
            + @"|lo que sobr[ae]|(?:el )?sobrante|cheque (?:(?:es|viene) )?(?:de|por)|[0-9]+ (?:y eran|en vez de"
            + @"|en lugar de|instead of) [0-9]+|los dos pagos"
            + @"|(?:pay|paid|send|sent|transfer\w*)\b[^.?!]{0,25}\b(?:too much|extra|double|twice|by mistake)"
            + @"|more than (?:the price|agreed)|overpa\w+|(?:check|cheque) is for)\b"
    );

    public static readonly Regex GiveBack = Clue(
        @"\b(?:me (?:lo |la |los |las )?(?:devuelv\w+|reenvi\w+|reembols\w+)|devuelv[ea](?:me|melo|mela"
            + @"|melos)|reembols[ae](?:me|lo|melo)?|reintegr[ae](?:me|lo)?|(?:envia|manda)me (?:lo que sobra"
            + @"|el resto)"
            + @"|pag(?:as|ues)(?: tu)? al? (?:transport\w*|mensajer\w+|courier|repartidor|chofer)|se lo das al"
            + @"|(?:el resto|lo que sobra) (?:al?|para el) |dale el resto|con eso pagas|la diferencia"
            + @"|los [0-9]+ restantes|devuelve un[oa]|me mandas el|te quedas con|western union|moneygram"
            + @"|send (?:me )?back|(?:return|refund) (?:it to|the (?:rest|difference)|me)|the difference|(?:give"
            + @"|wire|send|pay) (?:the rest|the difference|the courier)|(?:wire|send|transfer) (?:it|one|some"
            + @"|half) back|the rest goes)\b"
    );

    public static readonly Regex PayUp = Clue(
        @"\b(?:paga|pagame|pagas|haz|hazme|hagas|hacer|haces) (?:el |la |un |una )?(?:bizum|transferencia"
            + @"|ingreso|pago)\b|\b(?:pasame|me pasas|me mandas) (?:el bizum|el dinero|la senal)\b"
            + @"|\bel dinero (?:ya|ahora|hoy)\b"
            + @"|\b(?:pagame|pagas? (?:ya|ahora|hoy|antes|esta)|pagando|ingresame|mandar el (?:bizum|dinero)"
            + @"|(?:no|me|no me) pagas|quien pague|no recibo el (?:pago|dinero)|necesito la senal"
            + @"|transfiere(?:me)?|ingresa(?:me)? (?:el|la)|(?:envia|manda)(?:me)? el dinero"
            + @"|pay (?:now|today|tonight|me|immediately|up)|to pay|(?:make|do|send) the (?:transfer|payment"
            + @"|money|deposit)|transfer (?:the (?:money|deposit)|now|within)|money (?:now|today))\b"
    );

    public static readonly Regex Hurry = Clue(
        @"\b(?:urgente|solo hoy|rapido|date prisa|corre|ultima oportunidad|ultimas horas|ultima llamada"
            + @"|ahora mismo|hasta las \d+|antes de las \d+|en media hora|(?:tienes|en) \d+ min\w*|sin falta"
            + @"|se acaba|decidete"
            + @"|urgent\w*|today only|only today|last chance|immediately|asap|hurry|\d+ min\w* to)\b"
    );

    public static readonly Regex OrElse = Clue(
        @"\b(?:a otr[oa]s?|(?:se lo )?queda otr[oa]|lo pierdes|pierdes (?:la|el)|o pierdes|anulo|cancelo"
            + @"|esperando|me lo quitan|compre otr[oa]|tengo a otr[oa]|o nada|lo retiro|(?:a|el|al) siguiente"
            + @"|(?:tres|cuatro|[0-9]) detras|se lo queda|hay cola|ya no esta|de la lista"
            + @"|someone else|others (?:are )?waiting|it's gone|i cancel|i'll cancel|i sell it|to the next"
            + @"|or nothing)\b"
    );

    public static readonly Regex NoHurry = Clue(
        @"\b(?:sin prisa|cuando (?:puedas|quieras|lo veas|vengas|nos veamos|llegues)|no hay prisa|no rush"
            + @"|no worries|when you (?:see|can|arrive))\b"
    );
}
