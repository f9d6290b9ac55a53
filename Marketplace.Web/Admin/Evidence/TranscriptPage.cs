using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marketplace.Web.Chat;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>
/// A transcript to read and print: one file beside its pictures, without script. Written as text, piece by piece; each
/// word of a person is encoded and isolated, so that it cannot turn the direction of what is around it.
/// </summary>
internal sealed class TranscriptPage(
    IStringLocalizer<TranscriptTexts> texts,
    IStringLocalizer<AdminTexts> admin,
    IStringLocalizer<ChatTexts> chat,
    ReaderClock clock
)
{
    private const string Style = """
        body{font:11pt/1.45 system-ui,sans-serif;color:#111;background:#fff;max-width:46rem;margin:0 auto;padding:1.5rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid #999}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1rem 0}dt{color:#555}dd{margin:0;min-width:0}
        article{border-top:1px solid #ddd;padding:.6rem 0;break-inside:avoid}
        article header{display:flex;flex-wrap:wrap;gap:.2rem .75rem;align-items:baseline}
        p,code,bdi{overflow-wrap:anywhere}p{margin:.25rem 0;white-space:pre-wrap}
        small,.said-before,.gone{color:#555}.said-before{border-left:3px solid #bbb;padding-left:.75rem}
        code{font-size:.75rem}img{display:block;max-width:100%;max-height:18rem;margin:.4rem 0}
        table{border-collapse:collapse;width:100%;font-size:.85rem}td,th{text-align:left;padding:.2rem .5rem .2rem 0;vertical-align:top}
        @media print{body{max-width:none;padding:0;font-size:10pt}a{color:inherit;text-decoration:none}h2{break-after:avoid}}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Some browsers take no file for the page's own place, so its scheme is named too.
    private static readonly string Policy =
        "default-src 'none'; img-src 'self' file:; base-uri 'none'; form-action 'none'; style-src 'sha256-"
        + $"{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    private string buyer = "";

    public string Open(TranscriptHeader header)
    {
        buyer = header.People[0].Name;
        var (title, page) = (Encode(Title(header)), new StringBuilder("<!doctype html>\n"));
        page.Append(
            CultureInfo.InvariantCulture,
            $"<html lang=\"{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}\"><head>"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">"
        );
        page.Append(
            "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">"
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"<title>{title}</title><style>{Style}</style></head><body><h1>{title}</h1><dl>"
        );
        page.Append(Term("Transcript.ReadAt", Time(header.ReadAt)) + Term("Transcript.Zone", Encode(header.Zone)));
        page.Append(Term("Transcript.Began", Time(header.Room.CreatedAt)));
        foreach (var person in header.People)
            page.Append(Term($"Transcript.{person.Part}", $"{Own(person.Name)} <small>{Number(person.Id)}</small>"));
        page.Append(
            Term("Transcript.Listing", $"{Own(header.Listing.Title)} <small>{Number(header.Listing.Id)}</small>")
        );
        page.Append("</dl>" + Seen(header.Listing.Seen) + Looks(header.Looks) + Removed(header.Removed));
        return page.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(texts["Transcript.Messages"])}</h2>\n")
            .ToString();
    }

    public string Message(TranscriptMessage message)
    {
        var article = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"<article id=\"m{message.Seq}\"><header><b>{Own(message.Sender)}</b> "
        );
        article.Append(
            CultureInfo.InvariantCulture,
            $"{Time(message.SentAt)} <small>{Number(message.Seq)}</small></header>"
        );
        if (message.ReplyTo is { } answered)
            article.Append(
                CultureInfo.InvariantCulture,
                $"<p><a href=\"#m{answered}\">{Encode(texts["Transcript.Reply", answered])}</a></p>"
            );
        foreach (var version in message.Earlier)
            article.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"said-before\"><small>{Encode(texts["Transcript.Until"])} {Time(version.Until)}</small>{Words(version.Body)}</div>"
            );
        article.Append(Body(message)).AppendJoin("", message.Pictures.Select(Picture));
        if (message is { Moderation: not null, DeletedAt: null })
            article.Append(CultureInfo.InvariantCulture, $"<small>{Encode(texts["Transcript.Masked"])}</small> ");
        if (message.EditedAt is { } edited && message.DeletedAt is null)
            article.Append(
                CultureInfo.InvariantCulture,
                $"<small>{Encode(texts["Transcript.Edited"])} {Time(edited)}</small> "
            );
        foreach (var (person, sign) in message.Reactions)
            article.Append(CultureInfo.InvariantCulture, $"<small>{Encode(sign)} {Number(person)}</small> ");
        return article.Append(CultureInfo.InvariantCulture, $"<code>{message.Hash}</code></article>\n").ToString();
    }

    public string Close(string head, string key) =>
        $"<h2>{Encode(texts["Transcript.Proof"])}</h2><p>{Encode(texts["Transcript.ProofHow"])}</p><dl>"
        + Term("Transcript.Head", $"<code>{head}</code>")
        + Term("Transcript.Key", $"<code>{key}</code>")
        + "</dl></body></html>\n";

    private string Title(TranscriptHeader header) =>
        texts["Transcript.Title", header.Room.Id, Isolated(header.People[0].Name), Isolated(header.People[1].Name)];

    private string Seen(TranscriptSeen? seen) =>
        seen is null
            ? ""
            : $"<h2>{Encode(texts["Transcript.Seen"])}</h2><p dir=\"auto\"><b>{Encode(seen.Title)}</b></p>"
                + $"<p>{Encode(Money.Show(seen.Price, seen.Currency))}</p>{Words(seen.Description)}"
                + string.Concat(seen.Photos.Select(Picture));

    private string Looks(IReadOnlyList<TranscriptLook>? looks)
    {
        if (looks is null)
            return "";
        var rows = looks.Select(look =>
            $"<tr><td>{Time(look.At)}</td><td>{Encode(admin[$"Audit.{look.Action}"])}</td>"
            + $"<td>{Encode(look.Reason is { } reason ? admin[$"Look.{reason}"] : "")}</td><td>{Number(look.Number)}</td></tr>"
        );
        return $"<h2>{Encode(texts["Transcript.Looks"])}</h2><table>{string.Concat(rows)}</table>";
    }

    private string Removed(IReadOnlyList<TranscriptRemoved> removed) =>
        removed.Count == 0
            ? ""
            : $"<h2>{Encode(texts["Transcript.Removed"])}</h2>"
                + string.Concat(
                    removed.Select(one =>
                        $"<p>{Number(one.OwnerId)} · {Time(one.UploadedAt)}</p>{Picture(one.Picture)}"
                    )
                );

    private string Body(TranscriptMessage message) =>
        message switch
        {
            { Moderation: not null, DeletedAt: { } hidden } =>
                $"<p class=\"gone\">{Encode(texts["Transcript.Hidden"])} {Time(hidden)}</p>",
            { DeletedAt: { } deleted } =>
                $"<p class=\"gone\">{Encode(texts["Transcript.Deleted"])} {Time(deleted)}</p>",
            { Kind: "Text" or "Administration" } => Words(message.Body),
            _ =>
                $"<p class=\"gone\">{Encode(chat[$"Happened.{message.Kind}.Supervised", Isolated(message.Sender), Isolated(buyer)])}</p>",
        };

    private string Picture(TranscriptPicture picture) =>
        picture.Name is { } name
            ? $"<img src=\"{Encode(name)}\" alt=\"{Encode(texts["Transcript.Picture", name])}\"><code>{picture.Sha256}</code>"
            : $"<p class=\"gone\">{Encode(texts["Transcript.PictureGone"])} <code>{picture.File}</code></p>";

    private string Term(string name, string markup) => $"<dt>{Encode(texts[name])}</dt><dd>{markup}</dd>";

    private string Time(TranscriptTime time) =>
        $"<time datetime=\"{time.Utc}\">{Encode(clock.Exact(time.At))} <small>({time.At:yyyy-MM-dd HH:mm:ss} UTC)</small></time>";

    private string Number(long number) => Encode(texts["Transcript.Number", number]);

    private static string Words(string text) => text.Length == 0 ? "" : $"<p dir=\"auto\">{Encode(text)}</p>";

    // Within a text of ours, where no element can stand.
    private static string Isolated(string name) => $"\u2068{name}\u2069";

    private static string Own(string name) => $"<bdi>{Encode(name)}</bdi>";

    private static string Encode(string text) => Encoder.Encode(text);
}
