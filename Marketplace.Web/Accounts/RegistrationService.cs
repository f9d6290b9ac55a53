using Marketplace.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts;

/// <summary>Registers people, and where addresses are confirmed sends the mail that does it.</summary>
public sealed class RegistrationService(
    AccountManager accounts,
    AccountMails mails,
    SecuritySettings settings,
    IDbContextFactory<MarketplaceDbContext> database
)
{
    /// <remarks>Where addresses are confirmed, the answer for one that has an account is that for a free one.</remarks>
    public async Task<IdentityResult> RegisterAsync(User user, string password, string? returnUrl)
    {
        var made = await accounts.CreateAsync(user, password);
        if (!settings.ConfirmsEmail || !made.Succeeded && !IsTaken(made))
            return made;
        if ((made.Succeeded ? user : await ReplaceAsync(user)) is { } registered)
            mails.SendConfirmation(
                registered,
                await accounts.GenerateEmailConfirmationTokenAsync(registered),
                returnUrl
            );
        else
            mails.SendRegistered(user.Email!);
        return IdentityResult.Success;
    }

    private static bool IsTaken(IdentityResult result) =>
        result.Errors.All(error => error.Code == nameof(IdentityErrorDescriber.DuplicateEmail));

    // The owner of an address would otherwise confirm the account, and the password, of a thief who registered before.
    // The new stamp voids the links of earlier mails.
    private async Task<User?> ReplaceAsync(User newest)
    {
        var earlier = await accounts.FindByEmailAsync(newest.Email!);
        if (earlier is null or { EmailConfirmed: true } || await IsUsedAsync(earlier))
            return null;
        (earlier.DisplayName, earlier.JoinedAt, earlier.PasswordHash) = (
            newest.DisplayName,
            newest.JoinedAt,
            newest.PasswordHash
        );
        return (await accounts.UpdateSecurityStampAsync(earlier)).Succeeded ? earlier : null;
    }

    // Somebody has signed in while the site asked for no confirmation.
    private async Task<bool> IsUsedAsync(User user)
    {
        if (user.Culture is not null)
            return true;
        await using var db = await database.CreateDbContextAsync();
        return await db.Sessions.AnyAsync(session => session.UserId == user.Id);
    }
}
