using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>The seq of the last message that the caller has seen.</summary>
public sealed record ReadRequest(long? Seq);

/// <summary>For how many minutes; 0: not at all; null: until it is changed.</summary>
public sealed record MuteRequest
{
    public required int? Minutes { get; init; }
}

/// <summary>A room that Contactar made, or had made before.</summary>
public sealed record RoomAnswer(long Id, long ListingId, long BuyerId, long SellerId);

/// <summary>One of the caller's rooms, with its last message. The price is in minor units.</summary>
public sealed record RoomListAnswer(
    long Id,
    long ListingId,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    long BuyerId,
    long SellerId,
    long OtherId,
    string OtherName,
    LastMessageAnswer? LastMessage,
    long Unread,
    DateTime? MutedUntil
);

public sealed record LastMessageAnswer(long Seq, long SenderId, string Preview, DateTime SentAt);

internal static class RoomEndpoints
{
    /// <summary>A year.</summary>
    private const int MaxMuted = 525_600;

    public static void Map(RouteGroupBuilder api)
    {
        var rooms = api.MapGroup("/rooms").RequireAuthorization().WithTags("rooms");
        rooms
            .MapGet("", ListAsync)
            .WithName("listRooms")
            .Produces<ListAnswer<RoomListAnswer>>()
            .WithSummary("Lists the caller's rooms")
            .WithDescription("Newest first, each with its last message and how many the caller has not read.");
        rooms
            .MapPut("/{id:long}/read", ReadAsync)
            .WithName("markRead")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Marks a room as seen up to a message")
            .WithDescription("The mark only rises; a seq beyond the last message counts as the last.");
        rooms
            .MapPut("/{id:long}/mute", MuteAsync)
            .WithName("muteRoom")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Mutes a room for the caller")
            .WithDescription("Its messages then make no notices and do not count. 0 minutes unmute it.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        InboxService inbox,
        IStringLocalizer<ApiTexts> texts,
        string? before = null,
        Optional? limit = null
    )
    {
        var cursor = PageCursor.Parse(before);
        if (cursor?.Place is null && !string.IsNullOrWhiteSpace(before))
            return new Refusal(RefusalKind.Invalid, texts["Query.Cursor"]).Problem(http);
        if (limit.Within(InboxService.Page, ChatService.MaxPageSize) is not { } size)
            return texts.LimitProblem(http, ChatService.MaxPageSize);
        var rows = await inbox.PageAsync(cursor, size + 1);
        var page = rows.Take(size).Select(Answer).ToList();
        var next = rows.Count > size ? new PageCursor(rows[size - 1].SortKey, rows[size - 1].RoomId).ToString() : null;
        return TypedResults.Ok(new ListAnswer<RoomListAnswer>(page, next));
    }

    private static async Task<IResult> ReadAsync(long id, ReadRequest request, HttpContext http, ChatService chat) =>
        await chat.MarkReadAsync(id, request.Seq ?? -1) is { } refusal
            ? refusal.Problem(http)
            : TypedResults.NoContent();

    private static async Task<IResult> MuteAsync(
        long id,
        MuteRequest request,
        HttpContext http,
        MembershipService memberships,
        IStringLocalizer<ChatTexts> texts
    )
    {
        if (request.Minutes is < 0 or > MaxMuted)
            return new Refusal(RefusalKind.Invalid, texts["Mute.Wrong", MaxMuted]).Problem(http);
        TimeSpan? time = request.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        return await memberships.MuteAsync(id, time)
            ? TypedResults.NoContent()
            : new Refusal(RefusalKind.NotFound, texts["Room.NotFound"]).Problem(http);
    }

    private static RoomListAnswer Answer(InboxRowView row) =>
        new(
            row.RoomId,
            row.ListingId,
            row.Title,
            row.Price,
            row.Currency,
            row.State,
            row.BuyerId,
            row.SellerId,
            row.OtherId,
            row.OtherName,
            row is { LastSenderId: { } sender, LastAt: { } at }
                ? new(row.LastSeq, sender, row.LastKind is PreviewKind.Deal ? "" : row.LastPreview, at)
                : null,
            row.Unread,
            row.MutedUntil
        );
}
