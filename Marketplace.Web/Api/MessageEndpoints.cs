using System.Globalization;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>
/// A message to store. The client id is the sender's own; sending it twice stores one message. Any UUID is accepted;
/// version 7 is the cheapest to index.
/// </summary>
/// <param name="Body">1 to 4000 UTF-16 units after trimming.</param>
/// <param name="ReplyTo">The seq of the message that this one answers; one beyond the last message is refused.</param>
public sealed record PostRequest(Guid ClientId, string? Body, long? ReplyTo = null);

/// <summary>The new text of the caller's own message.</summary>
public sealed record EditRequest(string? Body);

/// <summary>One of 👍 ❤️ 😂 😮 😢 🙏; null removes the caller's reaction.</summary>
public sealed record ReactionRequest(string? Sign);

internal static class MessageEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/messages", FindAsync)
            .WithMetadata(LimitedAttribute.Search)
            .RequireAuthorization()
            .WithTags("messages")
            .WithName("findMessages")
            .Produces<ListAnswer<FoundView>>()
            .WithSummary("Finds messages of the caller's rooms")
            .WithDescription("Those that have all the words of q, the last one by its beginning; newest first.");
        var messages = api.MapGroup("/rooms/{id:long}/messages").RequireAuthorization().WithTags("messages");
        messages
            .MapGet("", HistoryAsync)
            .WithName("listMessages")
            .Produces<ListAnswer<MessageView>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Reads a part of a room's history")
            .WithDescription(
                "At most one of before and after (a seq) and changedAfter (a rev); without one the newest. In the order of "
                    + "seq, of rev with changedAfter. Whoever catches up by changedAfter reads all pages, then merges by seq."
            );
        messages
            .MapPost("", PostAsync)
            .WithName("postMessage")
            .Produces<MessageView>(StatusCodes.Status201Created)
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Stores a message")
            .WithDescription("201 with the message; 200 with the first one when its clientId was accepted before.");
        messages
            .MapPut("/{seq:long}", EditAsync)
            .WithName("editMessage")
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Corrects one's own message")
            .WithDescription(
                $"Within {MessageRules.Editing.TotalMinutes} minutes of sending it. Both see that it was corrected."
            );
        messages
            .MapDelete("/{seq:long}", DeleteAsync)
            .WithName("deleteMessage")
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Deletes one's own message for both")
            .WithDescription(
                $"Within {MessageRules.Deleting.TotalHours} hours of sending it. A tombstone stays; deleting twice is deleting once."
            );
        messages
            .MapPut("/{seq:long}/reaction", ReactAsync)
            .WithName("setReaction")
            .Produces<MessageView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Reacts to a message")
            .WithDescription("Puts the caller's reaction in place of the one before; null takes it away.");
    }

    private static async Task<IResult> FindAsync(
        HttpContext http,
        SearchService search,
        IStringLocalizer<ApiTexts> texts,
        string? q = null,
        Optional? before = null,
        Optional? limit = null
    )
    {
        if (limit.Within(SearchService.Page, ChatService.MaxPageSize) is not { } size)
            return texts.LimitProblem(http, ChatService.MaxPageSize);
        var found = await search.FindAsync(q, before?.Value ?? long.MaxValue, size + 1);
        var page = found.Take(size).ToList();
        var next = found.Count > size ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ListAnswer<FoundView>(page, next));
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
        if (limit.Within(MessageRange.Page, ChatService.MaxPageSize) is not { } size)
            return texts.LimitProblem(http, ChatService.MaxPageSize);
        long[] from = [.. new[] { before, after, changedAfter }.Select(place => place?.Value).OfType<long>()];
        if (from.Length > 1 || from is [< 0])
            return new Refusal(RefusalKind.Invalid, texts["Query.Place"]).Problem(http);
        var window = new MessageRange(before?.Value, after?.Value, changedAfter?.Value, Limit: size + 1);
        var history = await chat.HistoryAsync(id, window);
        return history.Succeeded ? TypedResults.Ok(Page(history.Value, window, size)) : history.Refusal.Problem(http);
    }

    private static ListAnswer<MessageView> Page(IReadOnlyList<MessageView> found, MessageRange window, int size)
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
}
