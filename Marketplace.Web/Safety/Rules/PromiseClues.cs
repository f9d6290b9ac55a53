using System.Text.RegularExpressions;
using static Marketplace.Web.Safety.Rules.Phrase;

namespace Marketplace.Web.Safety.Rules;

/// <summary>What promises money or leads to where it would be, in Spanish and English.</summary>
internal static class PromiseClues
{
    public static readonly Regex Bizum = Clue(@"\b[bv]izu[mn]s?\b");

    public static readonly Regex Request = Clue(@"\b(?:solicitud|peticion|requests?)\b");

    public static readonly Regex Reminder = Clue(
        @"\b(?:solicitud|peticion|notificacion|codigo|clave|caduca|requests?|notification|code|expires)\b"
    );

    public static readonly Regex Accept = Clue(
        @"\b(?:acept(?:a|e|as|es|ar) (?:el|la|mi|este|esta|ese|esa|lo)|aceptal[ao]|aceptarl[ao]|(?:la|lo|y"
            + @"|a) acept(?:a|e|as|es|ar)"
            + @"|autoriz(?:a|as|ar) (?:el|la)|autorizal[ao]|aprueb\w+|(?:confirm|valid)(?:a|as|es|ar) (?:el|la"
            + @"|lo)|(?:lo|la) (?:confirm|valid)(?:as|es)|(?:confirm|valid)al[ao]|confirmar la recepcion"
            + @"|(?:accept|approve|authori[sz]e|confirm) (?:the|my|it|this|that|a))\b"
    );

    public static readonly Regex PressAccept = Clue(
        @"\b(?:(?:pulsas?|das|dar?le|haz clic en) (?:a |en )?(?:aceptar|autorizar|confirmar|aprobar|ok|si)"
            + @"|dar?le al boton|le dices que si|firm(?:a|as|ar) (?:la|el)|(?:press|tap|hit"
            + @"|click)(?: on)? (?:accept|approve|confirm|ok))\b"
    );

    public static readonly Regex YourBank = Clue(
        @"\b(?:en tu (?:app|banco|movil)|tu (?:pin|clave|firma)|con la firma|pendiente|your (?:pin|bank)|pending)\b"
    );

    public static readonly Regex Gain = Clue(
        @"\b(?:(?:para|y) recibi\w*|recibes|para que te (?:llegue|entre)|te (?:llega|entra)|te (?:caiga"
            + @"|cae)|tienes tus \d+|cobrad[oa]|es (?:el|mi) pago|(?:para )?pagarte|receive|is yours"
            + @"|in your account|that's my payment)\b"
    );

    public static readonly Regex GetMoney = Clue(
        @"\b(?:recib\w* (?:el |la |los |tu |su |mi |un )?(?:dinero|pago|importe|fondos|cobro|\d+)"
            + @"|cobr(?:ar|arlo|es|as)|ya cobras"
            + @"|te (?:lleg|entr)(?:a|ue|e|ara) el (?:dinero|pago)|te (?:ingres|abon|pag)\w+|para el ingreso"
            + @"|hacerte el (?:ingreso|pago)|(?:da|lleva|llevara|retiene|entrega) (?:el|mi|tu) (?:dinero"
            + @"|efectivo)|lleva un sobre"
            + @"|pague|receive (?:the|your) (?:money|payment|funds|cash)|get (?:paid|the money|your money"
            + @"|your payment|the \d+)|release the funds|pay you|credit you|holds the money)\b"
    );

    public static readonly Regex SendsYou = Clue(
        @"\b(?:(?:te|le) (?:(?:he|voy a|acabo de|estoy) )?(?:mand|envi|pas|hag|hech|lanz)\w*"
            + @"|(?:i'm|i am|i'll|i will|i've|i have|i)(?: just)? (?:sending|send|sent)(?: you)?)\b"
    );

    public static readonly Regex IAccept = Clue(
        @"\b(?:i'll|i will|i can) (?:accept|approve)\b|\bl[ao] acepto\b|\bte l[ao] acept"
    );

    public static readonly Regex Paid = Clue(
        @"\b(?:vendid[oa]|se vendio|pagad[oa]|abonad[oa]|comprad[oa]|comprarlo ya|acabo de pagar|la compra"
            + @"|pago seguro|el pedido|el pago|los fondos|el ingreso|el dinero|el cobro|cobrar|cobrarl[ao]"
            + @"|comprobante|mi banco|de pago|compra (?:hecha|realizada)|la transferencia"
            + @"|te (?:llegue|llegara|llega|manden|mandaran|ingresen|paguen)|sold|paid|bought|payment|the order"
            + @"|transaction|purchase|collect|pay (?:you|u))\b"
    );

    public static readonly Regex AsksEmail = Clue(
        @"\b(?:(?:d[ae]me|pas[ae]me|envi[ae]me|mand[ae]me|manda|envi[ae]|dime|dig(?:a|as)(?:me)?|darme"
            + @"|facilit[ae](?:me)?|escrib[ae](?:me)?|indi(?:ca|que)me|apunt[ae](?:me)?|dej[ae](?:me)?|pon(?:me"
            + @"|ga)?|necesit\w+|hace falta|falta|pide|cual es)\b"
            + @"[^.?!]{0,25}\b(?:tu|su|el) (?:direccion de )?(?:correo|e?[ -]?mail|gmail|hotmail|outlook)"
            + @"|(?:darme|facilit[ae]me|necesito|dejame) un (?:correo|e?[ -]?mail)|(?:en"
            + @"|a) que (?:direccion de )?(?:correo|e?[ -]?mail)"
            + @"|(?:send|give|tell|need|what is|what's|share|enter)\b[^.?!]{0,20}\b(?:your|ur) (?:e[ -]?mail"
            + @"|gmail|hotmail|outlook)|which e[ -]?mail)\b"
    );

    public static readonly Regex Elsewhere = Clue(
        @"\b(?:whats?(?: ?apps?)?|watsap+|whassap|w(?:h)?asap+|guasap+|wasa|wsap+|wpp|wsp|tele ?gram"
            + @"|telegran|signal app|instagram|insta|ig|messenger"
            + @"|(?:escrib[ae]me|mand[ae]me|envi[ae]me|manda|escribe) (?:un |al |a mi )*(?:correo|e?[ -]?mail)"
            + @"|email me|text me|dm me|call me (?:on|at)"
            + @"|(?:llam[ae]me|escrib[ae]me|hablame|contact[ae]me) al|(?:dame|pasame|dime|dejame) (?:tu|un"
            + @"|el) (?:numero|telefono|telf?|movil|contacto)|(?:mi|tu|su) (?:numero|telefono|tlf|telf?|movil)"
            + @"|(?:your|my) number)\b"
            + @"|[a-z0-9._%+-]{2,}(?:@| ?[\[(](?:arroba|at|@)[\])] ?| arroba )[a-z0-9-]+(?:\.| ?[\[(](?:punto"
            + @"|dot|\.)[\])] ?| punto )[a-z]{2,4}\b"
            + @"|(?:\+? ?34[ .-]?)?\b[67](?:[ ./-]{0,2}[0-9]){8}\b|\b(?:(?:cero|uno|dos|tres|cuatro|cinco|seis"
            + @"|siete|ocho|nueve)[ ,.-]+){6,}|\b(?:(?:zero|one|two|three|four|five|six|seven|eight"
            + @"|nine)[ ,.-]+){6,}"
    );

    public static readonly Regex StaysHere = Clue(
        @"\b(?:no (?:uso|tengo|doy) (?:el )?(?:whatsapp|telegram|telefono)|por whatsapp no|mejor por aqui"
            + @"|prefiero (?:hablar |seguir )?(?:por )?aqui|i don't (?:use|have) (?:whatsapp|telegram)"
            + @"|keep it here)\b"
    );

    public static readonly Regex Courier = Clue(
        @"\b(?:mensajer\w+|courier|transport\w+|repartidor\w*|correos|seur|mrw|gls|dhl|nacex|agencia|(?:el"
            + @"|por) envio|empresa de (?:reparto|envios?)|conductor|ups|delivery|shipping|the post|post office"
            + @"|shipper)\b"
    );

    public static readonly Regex CardData = Clue(
        @"\b(?:(?:numero|datos) (?:de )?(?:la |tu |su )?tarjeta|(?:tu|su) tarjeta|datos bancarios"
            + @"|datos (?:del|de tu|de su) banco|cvv|cvc|(?:pon|pones|met\w+|introduc\w+) la cuenta"
            + @"|(?:pon|pones|met\w+|introduc\w+|rellen\w+|verific\w+|valid\w+|confirm\w+) [^.?!]{0,15}tarjeta"
            + @"|your card|card number|(?:bank|card) details)\b"
    );

    public static readonly Regex HandsOverCard = Clue(
        @"\b(?:(?:dame|deme|pasame|mandame|enviame|dime|necesito|pon|introduce"
            + @"|mete)\b[^.?!]{0,25}\b(?:numero|datos|fotos?) de (?:la |tu |su )?tarjeta|cvv|cvc|16 digitos"
            + @"|caducidad de (?:la|tu) tarjeta"
            + @"|(?:give|send|tell|enter|need)\b[^.?!]{0,15}\b(?:your )?card (?:number|details)|(?:photo"
            + @"|picture)s? of (?:both sides of |the back of )?your card)\b"
    );

    public static readonly Regex OtherCard = Clue(
        @"\b(?:tarjetas? (?:grafica|sd|micro|de memoria|de sonido|de red|madre|regalo|del metro|sim"
            + @"|capturadora|de garantia)|(?:graphics|memory|sd|sim|gift) cards?)"
    );

    public static readonly Regex PayLink = Clue(@"\b(?:enlace|link|formulario|pagina|sms|pincha|registr\w+)\b");

    public static readonly Regex Fee = Clue(
        @"\b(?:fianza|seguro|porte|poliza|tasa|deposito|aduana|por adelantado|insurance|deposit|fee|up front)\b"
    );
}
