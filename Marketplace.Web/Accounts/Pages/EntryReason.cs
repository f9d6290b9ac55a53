using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Accounts.Pages;

internal static class EntryReason
{
    /// <summary>Returns the key of the sentence, or null if there is nothing to explain.</summary>
    public static string? Of(string? returnUrl)
    {
        if (returnUrl is null)
            return null;
        var mark = returnUrl.IndexOfAny(['?', '#']);
        var (path, rest) = mark < 0 ? (returnUrl, "") : (returnUrl[..mark], returnUrl[mark..]);
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["listings", _, "continue"] => QueryHelpers.ParseQuery(rest)["do"] == "contact"
                ? "Reason.Contact"
                : "Reason.Save",
            ["listings", "new"] => "Reason.Sell",
            ["listings", "mine"] or ["listings", _, "edit"] => "Reason.Mine",
            ["messages", ..] => "Reason.Messages",
            ["favourites"] => "Reason.Favourites",
            ["account", "manage", ..] => "Reason.Account",
            ["admin", ..] => "Reason.Admin",
            _ => null,
        };
    }
}
