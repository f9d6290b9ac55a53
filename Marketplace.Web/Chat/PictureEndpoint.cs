using Marketplace.Web.Files;

namespace Marketplace.Web.Chat;

/// <summary>A picture of a message, for the members of its room and those who supervise; authorised at each read.</summary>
internal static class PictureEndpoint
{
    public static async Task<IResult> GetAsync(
        long roomId,
        Guid name,
        HttpContext http,
        ChatService chat,
        FileStore files
    ) =>
        await chat.MayLookAsync(roomId)
            ? FileAnswer.Of(http, name, await files.FindPrivateAsync(name, roomId), isKept: false)
            : TypedResults.NotFound();

    /// <summary>Where it is.</summary>
    public static string Address(long roomId, Guid name) =>
        FormattableString.Invariant($"/messages/{roomId}/pictures/{name}");
}
