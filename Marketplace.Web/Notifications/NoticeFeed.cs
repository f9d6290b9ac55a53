using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Notifications;

/// <param name="Unread">Messages, without muted rooms.</param>
/// <param name="News">What is unread and more than a message.</param>
public sealed record NoticeNumbers(long Unread, long News);

/// <summary>A message to show in a corner of a page.</summary>
/// <param name="Text">Its first words, or what happened.</param>
/// <param name="Rings">Whether a sound may be heard.</param>
public sealed record NoticeToast(
    long Room,
    long Seq,
    string From,
    string Listing,
    string Text,
    string? Cover,
    bool Rings
);

public sealed record NoticeRead(long Room, long Seq);

/// <summary>
/// What a browser hears of its person on every page, static ones too: one for each stream. Listens, then reads.
/// </summary>
public sealed class NoticeFeed(
    CurrentUser currentUser,
    InboxService inbox,
    NoticeService notices,
    TimeProvider clock,
    IStringLocalizer<NotificationTexts> texts
)
{
    /// <summary>More often than proxies end an idle connection.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Rooms whose names a stream remembers.</summary>
    private const int MaxRooms = 100;

    private readonly Dictionary<long, InboxRowView> rows = [];
    private UnreadCount unread = new([]);
    private NotificationPreference preferences = new();
    private QuietHours quiet = QuietHours.Of(new(), null);
    private NoticeNumbers said = new(-1, -1);
    private long news;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Ends when the person's session does.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await currentUser.FindAsync() is not { } me)
            yield break;
        var heard = Channel.CreateBounded<object>(Subscription.Capacity);
        using var listening = await inbox.ListenAsync(
            told => heard.Writer.WriteAsync(told, cancellation).AsTask(),
            [AccountTopics.Account(me.Id), NoticeTopics.Person(me.Id)]
        );
        // Not all at once after a restart.
        var again = TimeSpan.FromSeconds(2 + (4 * Random.Shared.NextDouble()));
        yield return new("", "beat") { ReconnectionInterval = again };
        for (object? told = Missed.Events; await currentUser.FindAsync() is not null; )
        {
            await TakeAsync(told, me.Id);
            if (await AnswerAsync(told, me.Id) is { } answer)
                yield return answer;
            if (Numbers() is var numbers && numbers != said)
                yield return Item("numbers", said = numbers);
            else if (told is null)
                yield return new("", "beat");
            told = await NextAsync(heard.Reader, cancellation);
            if (cancellation.IsCancellationRequested)
                yield break;
        }
        yield return new("", "end");
    }

    private NoticeNumbers Numbers() => new(unread.At(Now), news);

    // Null when nothing happened until the next beat, or until a muted room counts again.
    private async Task<object?> NextAsync(ChannelReader<object> heard, CancellationToken cancellation)
    {
        if (heard.TryRead(out var told))
            return told;
        var wait = unread.NextAfter(Now) is { } end && end - Now < Beat ? end - Now : Beat;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(heard.WaitToReadAsync(patience.Token).AsTask(), Task.Delay(wait, clock, patience.Token));
        await patience.CancelAsync();
        return heard.TryRead(out told) ? told : null;
    }

    private async Task TakeAsync(object? told, long me)
    {
        switch (told)
        {
            case MessagePosted { Position: { } position } posted when posted.Message.SenderId != me:
                unread.Place(posted.Message.RoomId, position);
                if (posted.Message.Kind is not MessageKind.Text)
                    news = await notices.NewsAsync();
                break;
            case RoomRead { Position: { } position } read when read.UserId == me:
                unread.Place(read.RoomId, position);
                if (news > 0)
                    news = await notices.NewsAsync();
                break;
            case MembershipChanged changed:
                unread.Place(changed.RoomId, changed.Position);
                if (news > 0)
                    news = await notices.NewsAsync();
                break;
            case Missed or NoticesChanged:
                unread = new(await inbox.UnreadAsync());
                preferences = await notices.PreferenceAsync();
                quiet = QuietHours.Of(preferences, (await currentUser.FindAsync())?.TimeZone);
                news = await notices.NewsAsync();
                break;
        }
    }

    private async Task<SseItem<string>?> AnswerAsync(object? told, long me) =>
        told switch
        {
            MessagePosted { Position: { } position, Message: var message } when message.SenderId != me =>
                await ToastAsync(message, position) is { } toast ? Item("toast", toast) : null,
            RoomRead read when read.UserId == me => Item("read", new NoticeRead(read.RoomId, read.Seq)),
            // Its words must not stay in a corner, nor those of a conversation that is muted or blocked now.
            MessageChanged { Message: { DeletedAt: not null } gone } => Item(
                "gone",
                new NoticeRead(gone.RoomId, gone.Seq)
            ),
            MembershipChanged changed when changed.Position.MutedUntil > Now => Item(
                "gone",
                new NoticeRead(changed.RoomId, long.MaxValue)
            ),
            RoomRestricted restricted when restricted.Room.IsBlockedBy(me) => Item(
                "gone",
                new NoticeRead(restricted.Room.RoomId, long.MaxValue)
            ),
            NoticesChanged => new("", "changed"),
            _ => null,
        };

    private async Task<NoticeToast?> ToastAsync(MessageView message, InboxPosition position)
    {
        var kind = message.Kind.Notice();
        if (position.MutedUntil > Now || preferences.OffHere.HasFlag(kind.Subject()))
            return null;
        if (await RowAsync(message.RoomId) is not { } row)
            return null;
        return new(
            message.RoomId,
            message.Seq,
            message.SenderName,
            row.Title,
            kind is not NoticeKind.Message ? texts.Say(kind, message.SenderName, message.Deal?.Mark)
                : message.Body.Length > 0 ? Room.Preview(message.Body)
                : texts["Toast.Pictures"],
            row.Cover is { } cover ? $"/files/{cover}" : null,
            preferences.PlaysSound && quiet.EndOf(Now) is null
        );
    }

    private async Task<InboxRowView?> RowAsync(long roomId)
    {
        if (rows.TryGetValue(roomId, out var known))
            return known;
        if (rows.Count == MaxRooms)
            rows.Clear();
        var row = await inbox.RowAsync(roomId);
        if (row is not null)
            rows[roomId] = row;
        return row;
    }

    private static SseItem<string> Item<T>(string kind, T data) =>
        new(JsonSerializer.Serialize(data, JsonSerializerOptions.Web), kind);
}
