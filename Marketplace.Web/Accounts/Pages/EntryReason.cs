using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>Why a page of entry asks who one is, by where one was heading.</summary>
internal static class EntryReason
{
    /// <summary>The key of the sentence; null where there is nothing to explain.</summary>
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
