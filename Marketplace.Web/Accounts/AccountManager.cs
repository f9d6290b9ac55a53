using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OtpNet;

namespace Marketplace.Web.Accounts;

/// <summary>Identity's user manager; reports each stored change to <see cref="AccountStates"/>.</summary>
public sealed class AccountManager(
    AccountStates states,
    SecurityLog security,
    TimeProvider clock,
    IUserStore<User> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<User> passwordHasher,
    IEnumerable<IUserValidator<User>> userValidators,
    IEnumerable<IPasswordValidator<User>> passwordValidators,
    ILookupNormalizer keyNormalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<AccountManager> logger
)
    : UserManager<User>(
        store,
        options,
        passwordHasher,
        userValidators,
        passwordValidators,
        keyNormalizer,
        errors,
        services,
        logger
    )
{
    /// <summary>Grants or revokes one of <see cref="Roles"/> and ends the account's existing sessions.</summary>
    public async Task<IdentityResult> SetRoleAsync(User user, string role, bool granted)
    {
        if (granted == await IsInRoleAsync(user, role))
            return IdentityResult.Success;
        EndSessions(user);
        security.Write(SecurityEvent.RoleChanged, user.Id);
        return granted ? await AddToRoleAsync(user, role) : await RemoveFromRoleAsync(user, role);
    }

    /// <summary>Suspension keeps the stamp, to tell why a session ended; reinstatement ends the old sessions.</summary>
    /// <param name="until">When it ends by itself; null if it does not.</param>
    public Task<IdentityResult> SetSuspendedAsync(User user, DateTime? since, DateTime? until = null)
    {
        (user.SuspendedAt, user.SuspendedUntil) = (since, since is null ? null : until);
        security.Write(SecurityEvent.SuspensionChanged, user.Id);
        if (since is null)
            EndSessions(user);
        return UpdateAsync(user);
    }

    /// <summary>The text key of why a person may not take the name; null if they may. Administrators may.</summary>
    public async Task<string?> NameProblemAsync(string name, User? person = null)
    {
        if (person is not null && (name == person.DisplayName || await IsInRoleAsync(person, Roles.Administrator)))
            return null;
        if (NameRules.IsReserved(name))
            return "Error.NameReserved";
        var (key, likeness, self) = (Words.Key(name), NameRules.LooksLike(name), person?.Id);
        // Identical names are allowed; a name that imitates another one with look-alike letters is not.
        return key != likeness && await Users.AnyAsync(other => other.NameKey == likeness && other.Id != self)
            ? "Error.NameLooksAlike"
            : null;
    }

    /// <summary>Accepts a code one step early or late, and each step once (RFC 6238, section 5.2).</summary>
    public override async Task<bool> VerifyTwoFactorTokenAsync(User user, string tokenProvider, string token)
    {
        if (
            await GetAuthenticatorKeyAsync(user) is not { } key
            || !new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(
                clock.GetUtcNow().UtcDateTime,
                token,
                out var step,
                new VerificationWindow(previous: 1, future: 1)
            )
            || step <= user.LastCodeStep
        )
            return false;
        user.LastCodeStep = step;
        // Of two at once, the concurrency stamp refuses one.
        return (await UpdateUserAsync(user)).Succeeded;
    }

    public override async Task<IdentityResult> ConfirmEmailAsync(User user, string token) =>
        await TrustAsync(user, await base.ConfirmEmailAsync(user, token));

    public override async Task<IdentityResult> ChangeEmailAsync(User user, string newEmail, string token) =>
        await TrustAsync(user, await base.ChangeEmailAsync(user, newEmail, token));

    private async Task<IdentityResult> TrustAsync(User user, IdentityResult confirmed)
    {
        if (!confirmed.Succeeded || user.BouncedAt is null)
            return confirmed;
        user.TrustAddress();
        return await UpdateUserAsync(user);
    }

    /// <summary>Makes all recovery codes void; the caller stores the account.</summary>
    internal Task RemoveRecoveryCodesAsync(User user) =>
        ((IUserTwoFactorRecoveryCodeStore<User>)Store).ReplaceCodesAsync(user, [], CancellationToken.None);

    internal Task SetAuthenticatorKeyAsync(User user, string key) =>
        ((IUserAuthenticatorKeyStore<User>)Store).SetAuthenticatorKeyAsync(user, key, CancellationToken.None);

    // Only sets the stamp: the caller stores it together with its change.
    private static void EndSessions(User user) => user.SecurityStamp = Guid.NewGuid().ToString("N");

    /// <summary>Creates the account; reports a lost race for an address as a duplicate.</summary>
    public override async Task<IdentityResult> CreateAsync(User user)
    {
        try
        {
            var created = await base.CreateAsync(user);
            if (created.Succeeded)
                security.Write(SecurityEvent.Registered, user.Id);
            return created;
        }
        catch (DbUpdateException)
        {
            return IdentityResult.Failed(ErrorDescriber.DuplicateEmail(user.Email ?? ""));
        }
    }

    protected override async Task<IdentityResult> UpdateUserAsync(User user)
    {
        var result = await base.UpdateUserAsync(user);
        if (result.Succeeded)
            states.Changed(user.Id);
        return result;
    }
}
