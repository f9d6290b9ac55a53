using System.Globalization;
using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications;

/// <summary>A conversation in the mail. It names who wrote about what, not what they wrote.</summary>
public sealed record UnreadLine(string From, string Listing, string Count, string Url);

/// <summary>Writes the mail of unread messages in its reader's language.</summary>
public sealed class UnreadMail(
    SiteAddress site,
    StopMails stop,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    IStringLocalizer<NotificationTexts> texts
)
{
    private const int MaxLines = 20;

    internal async Task<OutgoingMail> WriteAsync(
        long userId,
        NoticeReaderRow reader,
        IReadOnlyList<WaitingNotice> unread
    )
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(reader.Culture ?? "es");
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
        var lines = unread.GroupBy(notice => notice.RoomId).Take(MaxLines).Select(Line).ToList();
        var subject = Subject(unread);
        var (page, post) = (site.InMail(stop.PageOf(userId)), site.InMail(stop.PostOf(userId)));
        return new(
            reader.Email!,
            subject,
            Text(subject, lines, page),
            await HtmlAsync(subject, lines, page),
            Unsubscribe: post
        );
    }

    private string Subject(IReadOnlyList<WaitingNotice> unread) =>
        unread.DistinctBy(notice => notice.RoomId).ToList() is [var one]
            ? texts["Mail.SubjectOne", PersonName.Of(one.From), one.Listing]
            : texts["Mail.Subject", unread.Count];

    private UnreadLine Line(IGrouping<long, WaitingNotice> room) =>
        new(
            PersonName.Of(room.First().From),
            room.First().Listing,
            room.Count() == 1 ? texts["Mail.CountOne"] : texts["Mail.Count", room.Count()],
            site.InMail(FormattableString.Invariant($"messages/{room.Key}"))
        );

    private string Text(string subject, IEnumerable<UnreadLine> lines, string stopPage) =>
        string.Join(
            "\n\n",
            [
                subject,
                .. lines.Select(line => $"{line.From} · {line.Listing} ({line.Count})\n{line.Url}"),
                texts["Mail.Why"],
                $"{texts["Mail.Stop"]}\n{stopPage}",
            ]
        );

    private async Task<string> HtmlAsync(string subject, IReadOnlyList<UnreadLine> lines, string stopPage)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(UnreadMailBody.Subject)] = subject,
                [nameof(UnreadMailBody.Lines)] = lines,
                [nameof(UnreadMailBody.StopPage)] = stopPage,
            }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<UnreadMailBody>(parameters)).ToHtmlString()
        );
    }
}
