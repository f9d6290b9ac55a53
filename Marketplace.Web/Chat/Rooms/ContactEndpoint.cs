using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Marketplace.Web.Listings.Pages;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Web.Chat.Rooms;

internal static class ContactEndpoint
{
    public static async Task<RedirectHttpResult> PostAsync(
        long id,
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        ContactIntent intent,
        ContactService contacts
    )
    {
        if (await currentUser.FindAsync() is null)
        {
            if (await antiforgery.IsRequestValidAsync(http))
                intent.Keep(id);
            return TypedResults.LocalRedirect("~" + LocalUrl.Carry("/account/login", ContinuePage.ToContact(id)));
        }
        // A page loaded before signing in has an invalid token; the fresh page needs another press.
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.LocalRedirect($"~/listings/{id}?notice=expired");
        intent.Forget();
        var contact = await contacts.ContactAsync(id);
        return TypedResults.LocalRedirect(
            contact.Succeeded ? $"~/messages/{contact.Value.RoomId}" : $"~/listings/{id}?notice={contact.Refusal.Kind}"
        );
    }
}
