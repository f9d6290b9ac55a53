using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

internal static class Sentences
{
    /// <summary>Why Identity refused.</summary>
    public static string Sentence(this IdentityResult result) => result.Errors.Sentence();

    /// <summary>Each sentence once, as name and address are the same thing here.</summary>
    public static string Sentence(this IEnumerable<IdentityError> errors) =>
        string.Join(' ', errors.Select(error => error.Description).Distinct());
}
