using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>What happened, and whether the caller has read it. In a room it is read with its message.</summary>
public sealed record NoticeAnswer(
    long Id,
    NoticeKind Kind,
    long? RoomId,
    long? ListingId,
    long? Seq,
    string? From,
    string? Listing,
    DateTime At,
    bool Read,
    NoticeOutcome Push,
    NoticeOutcome Mail
);

/// <summary>The newest notice that counts as read.</summary>
public sealed record NoticesReadRequest(long? Id);

/// <summary>The last message that a page has shown to the caller outside its room.</summary>
public sealed record ShownRequest(long? RoomId, long? Seq);

internal static class NotificationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var notices = api.MapGroup("/notifications").RequireAuthorization().WithTags("notifications");
        notices
            .MapGet("", ListAsync)
            .WithName("listNotifications")
            .Produces<ListAnswer<NoticeAnswer>>()
            .WithSummary("Lists what happened to the caller")
            .WithDescription("Newest first, of the last 90 days, with what became of each push message and mail.");
        notices
            .MapPost("/read", ReadAsync)
            .WithName("readNotifications")
            .Produces(StatusCodes.Status204NoContent)
            .WithSummary("Marks as read what happened up to a notice")
            .WithDescription("In rooms, that reads their messages up to it.");
        notices
            .MapPost("/shown", ShownAsync)
            .WithName("shownNotifications")
            .Produces(StatusCodes.Status204NoContent)
            .WithSummary("Says that a page has shown a message outside its room")
            .WithDescription("Neither a push message nor a mail tells of it then. It stays unread.");
        var settings = api.MapGroup("/account/notifications").RequireAuthorization().WithTags("account");
        settings
            .MapGet("", SettingsAsync)
            .WithName("notificationSettings")
            .Produces<NotificationForm>()
            .WithSummary("Tells what the caller wants to be told of, where and when")
            .WithDescription("Quiet hours are in the zone in which the caller last read a page.");
        settings
            .MapPut("", SaveAsync)
            .WithName("saveNotificationSettings")
            .Produces(StatusCodes.Status204NoContent)
            .WithSummary("Replaces what the caller wants to be told of")
            .WithDescription("All of it: what is left out counts as off.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        NoticeService notices,
        IStringLocalizer<ApiTexts> texts,
        string? before = null,
        Optional? limit = null
    )
    {
        var cursor = long.TryParse(before, out var id) && id > 0 ? id : (long?)null;
        if (cursor is null && !string.IsNullOrWhiteSpace(before))
            return new Refusal(RefusalKind.Invalid, texts["Query.Cursor"]).Problem(http);
        if (limit.Within(NoticeService.Page, NoticeService.MaxPage) is not { } size)
            return texts.LimitProblem(http, NoticeService.MaxPage);
        var page = await notices.PageAsync(cursor, size);
        return TypedResults.Ok(
            new ListAnswer<NoticeAnswer>([.. page.Items.Select(Answer)], page.Next is { } next ? $"{next}" : null)
        );
    }

    private static async Task<IResult> ReadAsync(NoticesReadRequest request, NoticeService notices)
    {
        await notices.MarkReadAsync(request.Id ?? long.MaxValue);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ShownAsync(ShownRequest request, NoticeService notices)
    {
        await notices.ShowAsync(request.RoomId ?? 0, request.Seq ?? 0);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SettingsAsync(NotificationService notifications) =>
        await notifications.FindAsync() is { Settings: var settings }
            ? TypedResults.Ok(settings)
            : TypedResults.Unauthorized();

    private static async Task<IResult> SaveAsync(
        NotificationForm form,
        HttpContext http,
        NotificationService notifications
    ) => await notifications.SaveAsync(form) is { } refusal ? refusal.Problem(http) : TypedResults.NoContent();

    private static NoticeAnswer Answer(NoticeView notice) =>
        new(
            notice.Id,
            notice.Kind,
            notice.RoomId,
            notice.ListingId,
            notice.RoomId is null ? null : notice.Seq,
            notice.From,
            notice.Listing,
            notice.At,
            notice.IsRead,
            notice.Push,
            notice.Mail
        );
}
