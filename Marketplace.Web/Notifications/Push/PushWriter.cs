using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications.Push;

/// <summary>
/// Writes push messages in the current culture, in the form of declarative web push: iOS shows them by itself, and
/// elsewhere <c>sw.js</c> does.
/// </summary>
public sealed class PushWriter(
    SiteAddress site,
    IStringLocalizer<PushTexts> texts,
    IStringLocalizer<NotificationTexts> said
)
{
    /// <summary>Push services take 4,096 bytes, encrypted.</summary>
    private const int MaxLength = 3_000;

    private const int MaxWords = 120;

    private const string Site = "Marketplace";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="words">Of the last message; null if they are not to be shown, or there are none.</param>
    /// <param name="read">The tags of notifications that are to be closed.</param>
    internal PushLetter Write(PushNews news, string? words, long badge, IReadOnlyCollection<string> read)
    {
        var (title, body) = Say(news.Last, news, words);
        return Write(news, title, body, badge, read);
    }

    /// <summary>Which the person asked for, to see whether they arrive.</summary>
    internal PushLetter WriteTest(long id) =>
        new(
            "test",
            Json("test", Site, texts["Test.Body"], "/account/manage/notifications", null, new { id }, []),
            IsUrgent: true
        );

    private PushLetter Write(PushNews news, string title, string body, long badge, IReadOnlyCollection<string> read)
    {
        var to = NoticeLinks.To(news.Last.Kind, news.Last.RoomId, news.Last.ListingId, news.Last.Data);
        var data = new
        {
            id = news.Last.Id,
            room = news.Last.RoomId,
            seq = news.Last.Seq,
            read,
        };
        string Of(string shown) => Json(news.Tag, title, shown, to, badge, data, Actions(news.Last.RoomId, to));
        var json = Of(body);
        while (Encoding.UTF8.GetByteCount(json) > MaxLength && body.Length > 1)
            json = Of(body = VisibleText.Begin(body, body.Length / 2));
        return new(news.Tag, json, news.IsOfMessages);
    }

    private (string Title, string Body) Say(WaitingNotice last, PushNews news, string? words)
    {
        var what = news.IsOfMessages ? Count(news) : said.Say(last.Kind, last.From, last.Data).ToString();
        if (last.RoomId is null)
            return (last.Listing ?? Site, what);
        var listing = $"{last.Listing} · {what}";
        var shown = VisibleText.Cut(VisibleText.Line(words), MaxWords);
        return (PersonName.Of(last.From ?? ""), shown.Length == 0 ? listing : $"{listing}\n{shown}");
    }

    private string Count(PushNews news) =>
        news.Notices.Count(notice => notice.Kind is Outbox.NoticeKind.Message) switch
        {
            1 => texts["Count.One"],
            var count => texts["Count.Many", count],
        };

    private object[] Actions(long? roomId, string to) =>
        roomId is null ? [Action("open", to)] : [Action("open", to), Action("mute", to)];

    private object Action(string name, string to) =>
        new
        {
            action = name,
            title = texts[$"Action.{name}"].Value,
            navigate = site.InMail(to),
        };

    private string Json(string tag, string title, string body, string to, long? badge, object data, object[] actions) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["web_push"] = 8030,
                ["notification"] = new
                {
                    title,
                    body,
                    lang = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                    dir = "auto",
                    navigate = site.InMail(to),
                    tag,
                    icon = site.InMail("/icon-192.png"),
                    silent = false,
                    data,
                    actions,
                },
                ["app_badge"] = badge,
            }
                .Where(one => one.Value is not null)
                .ToDictionary(),
            Plain
        );
}
