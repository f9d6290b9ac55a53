using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

internal static class Sentences
{
    public static string Sentence(this IdentityResult result) => result.Errors.Sentence();

    public static string Sentence(this IEnumerable<IdentityError> errors) =>
        string.Join(' ', errors.Select(error => error.Description).Distinct());
}
