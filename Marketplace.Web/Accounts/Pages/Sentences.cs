using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

internal static class Sentences
{
    /// <summary>Why Identity refused; each sentence once, as name and address are the same thing here.</summary>
    public static string Sentence(this IdentityResult result) =>
        string.Join(' ', result.Errors.Select(error => error.Description).Distinct());
}
