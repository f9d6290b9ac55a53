using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

public sealed class FirstAdministrator(AccountManager accounts, IConfiguration configuration, TimeProvider clock)
{
    public async Task EnsureAsync()
    {
        var (email, password) = (configuration["Admin:Email"], configuration["Admin:Password"]);
        if (string.IsNullOrWhiteSpace(email))
            return;
        var known = await accounts.FindByEmailAsync(email);
        if (known is not null && await accounts.IsInRoleAsync(known, Roles.Administrator))
            return;
        // Registration confirms no address, so an existing account must also match the configured password.
        if (known is not null && !await accounts.CheckPasswordAsync(known, password ?? ""))
            throw new SettingException(
                "Admin:Password",
                "***",
                "the password of the account that has Admin:Email already"
            );
        await accounts.SetRoleAsync(known ?? await CreateAsync(email, password), Roles.Administrator, granted: true);
    }

    private async Task<User> CreateAsync(string email, string? password)
    {
        var user = new User
        {
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            DisplayName = email.Split('@')[0],
            JoinedAt = clock.GetUtcNow().UtcDateTime,
        };
        var made = await accounts.CreateAsync(user, password ?? "");
        if (made.Succeeded)
            return user;
        var wrong = made.Errors.FirstOrDefault(error => error.Code.StartsWith("Password", StringComparison.Ordinal));
        throw wrong is not null
            ? new SettingException("Admin:Password", string.IsNullOrEmpty(password) ? null : "***", Allowed(wrong.Code))
            : new SettingException("Admin:Email", email, "an e-mail address");
    }

    private static string Allowed(string error) =>
        error switch
        {
            nameof(AccountErrors.PasswordTooLong) => $"a password of at most {PasswordRules.MaxLength} characters",
            nameof(AccountErrors.PasswordCommon) => "a password that is not one of the most common ones",
            nameof(AccountErrors.PasswordPersonal) => "a password that is not much like the address or the site's name",
            _ => "a password of at least 8 characters",
        };
}
