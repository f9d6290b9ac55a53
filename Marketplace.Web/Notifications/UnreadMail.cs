using System.Globalization;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications;

/// <summary>A conversation or listing in the mail. It names who wrote about what, not what they wrote.</summary>
public sealed record UnreadLine(string Title, string News, string Url);

/// <summary>Writes the mail of unread messages in its reader's language.</summary>
public sealed class UnreadMail(
    SiteAddress site,
    StopMails stop,
    DecisionLinks decisions,
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
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(reader.Preference.Culture ?? reader.Culture ?? "es");
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
        await using var scope = scopes.CreateAsyncScope();
        var clock = scope.ServiceProvider.GetRequiredService<ReaderClock>();
        clock.Use(reader.TimeZone);
        var places = unread.GroupBy(Place).ToList();
        var lines = places.Take(MaxLines).Select(place => Line(userId, reader, [.. place], clock)).ToList();
        if (places.Count > MaxLines)
            lines.Add(new(texts["Mail.More", places.Count - MaxLines], "", site.InMail("/notifications")));
        var subject = Subject(unread, places.Count);
        var why = texts[unread.All(notice => notice.Kind is NoticeKind.Message) ? "Mail.Why" : "Mail.WhyNews"];
        var (page, post) = (site.InMail(stop.PageOf(userId)), site.InMail(stop.PostOf(userId)));
        return new(
            reader.Email!,
            subject,
            Text(subject, lines, why, page),
            await HtmlAsync(scope.ServiceProvider, subject, lines, why, page),
            Unsubscribe: post
        );
    }

    private static (long? Room, long Notice) Place(WaitingNotice notice) =>
        (notice.RoomId, notice.RoomId is null ? notice.Id : 0);

    private string Subject(IReadOnlyList<WaitingNotice> unread, int lines) =>
        unread switch
        {
            _ when lines > 1 => unread.All(notice => notice.Kind is NoticeKind.Message)
                ? texts["Mail.Subject", unread.Count]
                : texts["Mail.SubjectNews", lines],
            [.., { Kind: NoticeKind.Message } last] => texts[
                "Mail.SubjectOne",
                PersonName.Of(last.From ?? ""),
                last.Listing ?? ""
            ],
            [.., var last] => texts.SayOf(last.Kind, last.From, last.Data, last.Listing),
            [] => "",
        };

    private UnreadLine Line(long userId, NoticeReaderRow reader, IReadOnlyList<WaitingNotice> place, ReaderClock clock)
    {
        var last = place[^1];
        var messages = place.Count(notice => notice.Kind is NoticeKind.Message);
        var news =
            last.Kind is not NoticeKind.Message ? texts.Say(last.Kind, last.From, last.Data)
            : messages == 1 ? texts["Mail.CountOne"]
            : texts["Mail.Count", messages];
        return new(
            last.RoomId is null ? last.Listing ?? "Marketplace" : $"{PersonName.Of(last.From ?? "")} · {last.Listing}",
            $"{news} · {clock.Date(last.At)}, {clock.Time(last.At)}",
            site.InMail(LinkOf(userId, reader, last))
        );
    }

    // Who cannot sign in reads the decision by its link alone.
    private string LinkOf(long userId, NoticeReaderRow reader, WaitingNotice notice) =>
        reader.IsSuspended && notice.Kind is NoticeKind.Decided && ReportNotice.Read(notice.Data) is { Report: var id }
            ? decisions.PageOf(userId, id)
            : NoticeLinks.To(notice.Kind, notice.RoomId, notice.ListingId, notice.Data);

    private string Text(string subject, IEnumerable<UnreadLine> lines, string why, string stopPage) =>
        string.Join(
            "\n\n",
            [
                subject,
                .. lines.Select(line =>
                    line.News.Length == 0 ? $"{line.Title}\n{line.Url}" : $"{line.Title} ({line.News})\n{line.Url}"
                ),
                why,
                $"{texts["Mail.Stop"]}\n{stopPage}",
            ]
        );

    private async Task<string> HtmlAsync(
        IServiceProvider services,
        string subject,
        IReadOnlyList<UnreadLine> lines,
        string why,
        string stopPage
    )
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(UnreadMailBody.Subject)] = subject,
                [nameof(UnreadMailBody.Lines)] = lines,
                [nameof(UnreadMailBody.Why)] = why,
                [nameof(UnreadMailBody.StopPage)] = stopPage,
            }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<UnreadMailBody>(parameters)).ToHtmlString()
        );
    }
}
