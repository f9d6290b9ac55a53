using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>Identity's user manager; reports each stored change to <see cref="AccountStates"/>.</summary>
public sealed class AccountManager(
    AccountStates states,
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
    /// <summary>Grants or revokes the administrator role and ends the account's existing sessions.</summary>
    public async Task<IdentityResult> SetAdministratorAsync(User user, bool administrator)
    {
        if (administrator == await IsInRoleAsync(user, Roles.Administrator))
            return IdentityResult.Success;
        EndSessions(user);
        return administrator
            ? await AddToRoleAsync(user, Roles.Administrator)
            : await RemoveFromRoleAsync(user, Roles.Administrator);
    }

    /// <summary>
    /// Suspends or reinstates a person. Suspension keeps the stamp, so that <see cref="AccountStates"/> can tell why a
    /// session no longer counts; reinstatement ends the old sessions.
    /// </summary>
    public Task<IdentityResult> SetSuspendedAsync(User user, DateTime? since)
    {
        user.SuspendedAt = since;
        if (since is null)
            EndSessions(user);
        return UpdateAsync(user);
    }

    /// <summary>
    /// Returns the text key of the reason why a person may not take this name, or null if they may. Administrators may
    /// take any name, and a person may keep their current one.
    /// </summary>
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

    // Only sets the stamp: the caller stores it together with its change.
    private static void EndSessions(User user) => user.SecurityStamp = Guid.NewGuid().ToString("N");

    /// <summary>Creates the account; reports a lost race for an address as a duplicate.</summary>
    public override async Task<IdentityResult> CreateAsync(User user)
    {
        try
        {
            return await base.CreateAsync(user);
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
