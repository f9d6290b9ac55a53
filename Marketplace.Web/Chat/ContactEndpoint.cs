using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Web.Chat;

/// <summary>The button Contactar: a plain form post that finds or creates the room and goes there.</summary>
internal static class ContactEndpoint
{
    public static async Task<RedirectHttpResult> PostAsync(
        long id,
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        ChatService chat
    )
    {
        // Who must sign in first comes back to the listing, one press away: a GET never makes a room.
        if (await currentUser.FindAsync() is null)
            return TypedResults.LocalRedirect($"~/account/login?ReturnUrl={Uri.EscapeDataString($"/listings/{id}")}");
        // A page from before signing in carries a void token: the fresh page needs one more press.
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.LocalRedirect($"~/listings/{id}?notice=expired");
        var contact = await chat.ContactAsync(id);
        return TypedResults.LocalRedirect(
            contact.Succeeded ? $"~/messages/{contact.Value.RoomId}" : $"~/listings/{id}?notice={contact.Refusal.Kind}"
        );
    }
}
