using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>Identity's user manager, which also tells <see cref="AccountStates"/> of each stored change.</summary>
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
    /// <summary>Gives or takes the administrator's role, and ends every session that was opened with the other one.</summary>
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
    /// Bars or readmits a person. While barred, no session counts (<see cref="AccountStates"/>), and each can still be told
    /// why; who is readmitted signs in anew.
    /// </summary>
    public Task<IdentityResult> SetSuspendedAsync(User user, DateTime? since)
    {
        user.SuspendedAt = since;
        if (since is null)
            EndSessions(user);
        return UpdateAsync(user);
    }

    /// <summary>
    /// The key of the sentence that says why a person may not take this name; null if they may. Those who administer take
    /// any, and whoever has one keeps it.
    /// </summary>
    /// <param name="person">Null for somebody who registers.</param>
    public async Task<string?> NameProblemAsync(string name, User? person = null)
    {
        if (person is not null && (name == person.DisplayName || await IsInRoleAsync(person, Roles.Administrator)))
            return null;
        if (NameRules.IsReserved(name))
            return "Error.NameReserved";
        var (key, likeness, self) = (Words.Key(name), NameRules.LooksLike(name), person?.Id);
        // Two may have the same name; none may be written like another's in other letters.
        return key != likeness && await Users.AnyAsync(other => other.NameKey == likeness && other.Id != self)
            ? "Error.NameLooksAlike"
            : null;
    }

    // Stored together with the change itself, so that neither comes without the other.
    private static void EndSessions(User user) => user.SecurityStamp = Guid.NewGuid().ToString("N");

    /// <summary>As Identity's, and who loses a race for an address is told so.</summary>
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
