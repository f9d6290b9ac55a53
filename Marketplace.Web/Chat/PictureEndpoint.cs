using Marketplace.Web.Files;

namespace Marketplace.Web.Chat;

/// <summary>Serves a message's picture to members and administrators; each request is authorised.</summary>
internal static class PictureEndpoint
{
    public static async Task<IResult> GetAsync(
        long roomId,
        Guid name,
        HttpContext http,
        ChatService chat,
        FileStore files
    )
    {
        var found = await files.FindPrivateAsync(name, roomId);
        return found is not null && await chat.MayLookAsync(roomId)
            ? await FileAnswer.OfAsync(http, files, found, isKept: false)
            : TypedResults.NotFound();
    }

    public static string Address(long roomId, Guid name) =>
        FormattableString.Invariant($"/messages/{roomId}/pictures/{name}");
}
