using System.Globalization;
using Marketplace.Web.Chat;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>
/// A message to be stored. The client id is the sender's own; sending it twice is sending once. Any UUID is right, one of
/// version 7 is the cheapest to keep.
/// </summary>
/// <param name="ReplyTo">The seq of the message that it answers.</param>
public sealed record PostRequest(Guid ClientId, string? Body, long? ReplyTo = null);

/// <summary>The new text of one's own message, within 15 minutes of sending it.</summary>
public sealed record EditRequest(string? Body);

/// <summary>One of 👍 ❤️ 😂 😮 😢 🙏; null takes the caller's reaction away.</summary>
public sealed record ReactionRequest(string? Sign);

/// <summary>Seen up to this message.</summary>
public sealed record ReadRequest(long? Seq);

/// <summary>One of the caller's rooms, with its last message.</summary>
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
    long Unread
);

/// <param name="Preview">The body's beginning.</param>
public sealed record LastMessageAnswer(long Seq, long SenderId, string Preview, DateTime SentAt);

internal static class RoomEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var rooms = api.MapGroup("/rooms").RequireAuthorization().WithTags("rooms");
        rooms
            .MapGet("", ListAsync)
            .Produces<ListAnswer<RoomListAnswer>>()
            .WithSummary("The caller's rooms, newest first");
        rooms
            .MapGet("/{id:long}/messages", HistoryAsync)
            .Produces<ListAnswer<MessageView>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A part of a room's history; at most one of before, after (seq) and changedAfter (rev)");
        rooms
            .MapPost("/{id:long}/messages", PostAsync)
            .Produces<MessageView>(StatusCodes.Status201Created)
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Stores a message; 200 with the first one when its clientId was accepted before");
        rooms
            .MapPut("/{id:long}/messages/{seq:long}", EditAsync)
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Corrects one's own message, within 15 minutes");
        rooms
            .MapDelete("/{id:long}/messages/{seq:long}", DeleteAsync)
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Deletes one's own message for both, within 24 hours; a tombstone stays");
        rooms
            .MapPut("/{id:long}/messages/{seq:long}/reaction", ReactAsync)
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Puts the caller's reaction on a message, in place of the one before");
        rooms
            .MapPut("/{id:long}/read", ReadAsync)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Marks the room as seen up to a message");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        InboxService inbox,
        IStringLocalizer<ApiTexts> texts,
        string? before = null,
        Optional? limit = null
    )
    {
        if (Cursor(before) is not (var place, var room))
            return new Refusal(RefusalKind.Invalid, texts["Query.Cursor"]).Problem(http);
        if (limit.Within(InboxService.Page, ChatService.LargestPage) is not { } size)
            return texts.LimitProblem(http, ChatService.LargestPage);
        var rows = await inbox.PageAsync(place, room, size + 1);
        var page = rows.Take(size).Select(Answer).ToList();
        var next =
            rows.Count > size ? FormattableString.Invariant($"{rows[size - 1].Place}-{rows[size - 1].RoomId}") : null;
        return TypedResults.Ok(new ListAnswer<RoomListAnswer>(page, next));
    }

    private static async Task<IResult> HistoryAsync(
        long id,
        HttpContext http,
        ChatService chat,
        IStringLocalizer<ApiTexts> texts,
        Optional? before = null,
        Optional? after = null,
        Optional? changedAfter = null,
        Optional? limit = null
    )
    {
        if (limit.Within(HistoryWindow.Page, ChatService.LargestPage) is not { } size)
            return texts.LimitProblem(http, ChatService.LargestPage);
        long[] from = [.. new[] { before, after, changedAfter }.Select(place => place?.Value).OfType<long>()];
        if (from.Length > 1 || from is [< 0])
            return new Refusal(RefusalKind.Invalid, texts["Query.Place"]).Problem(http);
        var window = new HistoryWindow(before?.Value, after?.Value, changedAfter?.Value, Limit: size + 1);
        var history = await chat.HistoryAsync(id, window);
        return history.Succeeded ? TypedResults.Ok(Page(history.Value, window, size)) : history.Refusal.Problem(http);
    }

    // The page goes on in the direction in which it was read: backwards unless after or changedAfter was asked.
    private static ListAnswer<MessageView> Page(IReadOnlyList<MessageView> found, HistoryWindow window, int size)
    {
        if (found.Count <= size)
            return new(found, null);
        var isForward = window is not { After: null, ChangedAfter: null };
        var items = isForward ? found.Take(size).ToList() : [.. found.Skip(1)];
        var next =
            window.ChangedAfter is not null ? items[^1].Rev
            : isForward ? items[^1].Seq
            : items[0].Seq;
        return new(items, next.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<IResult> PostAsync(long id, PostRequest request, HttpContext http, ChatService chat)
    {
        var sent = await chat.SendAsync(id, request.ClientId, request.Body, request.ReplyTo);
        if (!sent.Succeeded)
            return sent.Refusal.Problem(http);
        var message = sent.Value.Message;
        return sent.Value.Repeated
            ? TypedResults.Ok(message)
            : TypedResults.Created($"/api/rooms/{id}/messages?after={message.Seq - 1}&limit=1", message);
    }

    private static async Task<IResult> EditAsync(
        long id,
        long seq,
        EditRequest request,
        HttpContext http,
        MessageService messages
    ) => Answer(await messages.EditAsync(id, seq, request.Body), http);

    private static async Task<IResult> DeleteAsync(long id, long seq, HttpContext http, MessageService messages) =>
        Answer(await messages.DeleteAsync(id, seq), http);

    private static async Task<IResult> ReactAsync(
        long id,
        long seq,
        ReactionRequest request,
        HttpContext http,
        MessageService messages
    ) => Answer(await messages.ReactAsync(id, seq, request.Sign), http);

    private static IResult Answer(Outcome<MessageView> changed, HttpContext http) =>
        changed.Succeeded ? TypedResults.Ok(changed.Value) : changed.Refusal.Problem(http);

    private static async Task<IResult> ReadAsync(long id, ReadRequest request, HttpContext http, ChatService chat) =>
        await chat.MarkReadAsync(id, request.Seq ?? -1) is { } refusal
            ? refusal.Problem(http)
            : TypedResults.NoContent();

    private static RoomListAnswer Answer(ConversationView row) =>
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
            row is { LastSenderId: { } sender, LastAt: { } at } ? new(row.LastSeq, sender, row.LastPreview, at) : null,
            row.Unread
        );

    // Where the list begins; null if the cursor is none of ours.
    private static (long Place, long Room)? Cursor(string? before)
    {
        if (string.IsNullOrWhiteSpace(before))
            return (long.MaxValue, long.MaxValue);
        return
            before.Split('-') is [var place, var room]
            && long.TryParse(place, CultureInfo.InvariantCulture, out var p)
            && long.TryParse(room, CultureInfo.InvariantCulture, out var r)
            ? (p, r)
            : null;
    }
}
