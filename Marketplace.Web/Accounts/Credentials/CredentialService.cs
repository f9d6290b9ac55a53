using System.Globalization;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Credentials;

/// <summary>
/// Checks passwords and codes for every door. Whether an account exists shows neither in the answer nor in its time. A
/// suspended account is <see cref="RefusalKind.Forbidden"/> only where the password is right.
/// </summary>
public sealed class CredentialService(
    AccountManager accounts,
    AccountSignIn signIn,
    CredentialLimits limits,
    KnownDevices devices,
    AccountMails mails,
    SecurityLog security,
    SecuritySettings settings,
    IHttpContextAccessor accessor,
    IStringLocalizer<AccountTexts> texts
)
{
    private static readonly User Nobody = new() { DisplayName = "" };

    /// <param name="returnUrl">Where the person goes on from a mail that confirms the address.</param>
    public async Task<Outcome<User>> CheckPasswordAsync(string? email, string? password, string? returnUrl = null)
    {
        // Bounded before it is normalized.
        var known = email is { Length: <= User.MaxEmailLength } ? email : "";
        var user = MayEnter(known) ? await accounts.FindByEmailAsync(known) : null;
        var check = await CheckAsync(
            accounts.NormalizeEmail(known) ?? "",
            user,
            mayEnter => IsRightAsync(user, password ?? "", mayEnter),
            texts[settings.ConfirmsEmail ? "Login.WrongOrUnconfirmed" : "Login.Wrong"]
        );
        return check.Value is { } right && await BarAsync(right, returnUrl) is { } bar ? bar : check;
    }

    public const int MaxPasskeyLength = 16_384;

    /// <summary>Checks a passkey, which names its person itself and stands for both factors.</summary>
    public async Task<Outcome<User>> CheckPasskeyAsync(string credential, string? returnUrl)
    {
        var tries = $"passkey {ClientNetwork.Of(accessor.HttpContext)}";
        if (limits.Take(tries) is { } wait)
            return new Refusal(RefusalKind.RateLimited, texts["Login.TooMany", Math.Ceiling(wait.TotalMinutes)], wait);
        var check =
            credential.Length <= MaxPasskeyLength ? await signIn.PerformPasskeyAssertionAsync(credential) : null;
        if (check is not { Succeeded: true, User: { } user } || !MayEnter(user.Email ?? ""))
        {
            security.Write(SecurityEvent.SignInFailed, null);
            return new Refusal(RefusalKind.Invalid, texts["Passkeys.Failed"]);
        }
        limits.GiveBack(tries);
        // The device counts its uses: a copy would be behind.
        await accounts.AddOrUpdatePasskeyAsync(user, check.Passkey);
        return await BarAsync(user, returnUrl) is { } bar ? bar : user;
    }

    /// <summary>Checks a code of the authenticator app. Each is accepted once.</summary>
    public Task<Outcome<User>> CheckCodeAsync(User user, string code) =>
        CheckAsync(
            user,
            () => accounts.VerifyTwoFactorTokenAsync(user, accounts.Options.Tokens.AuthenticatorTokenProvider, code),
            texts["TwoFactor.WrongCode"]
        );

    public Task<Outcome<User>> CheckRecoveryAsync(User user, string code) =>
        CheckAsync(
            user,
            async () => (await accounts.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded,
            texts["Error.RecoveryCodeRedemptionFailed"]
        );

    private Task<Outcome<User>> CheckAsync(User user, Func<Task<bool>> isRight, string wrong) =>
        CheckAsync(user.NormalizedEmail ?? "", user, async mayEnter => mayEnter && await isRight(), wrong);

    private async Task<Outcome<User>> CheckAsync(string key, User? user, Func<bool, Task<bool>> isRight, string wrong)
    {
        var device = user is null ? null : devices.Find(user);
        var tries = device ?? $"{key} {ClientNetwork.Of(accessor.HttpContext)}";
        if (limits.Take(tries) is { } wait)
        {
            security.Write(SecurityEvent.LimitReached, user?.Id);
            return new Refusal(RefusalKind.RateLimited, texts["Login.TooMany", Math.Ceiling(wait.TotalMinutes)], wait);
        }
        var mayEnter = user is not null && (device is not null || !await accounts.IsLockedOutAsync(user));
        if (await isRight(mayEnter))
        {
            limits.GiveBack(tries);
            return user!;
        }
        security.Write(SecurityEvent.SignInFailed, user?.Id);
        if (mayEnter && device is null)
            await CountAsync(user!);
        return new Refusal(RefusalKind.Invalid, wrong);
    }

    // Everybody knows the password of the demo's people.
    private bool MayEnter(string email) =>
        settings.AdmitsDemo || !email.EndsWith(SecuritySettings.DemoDomain, StringComparison.OrdinalIgnoreCase);

    // Hashes in any case, so that an account that does not exist or is locked takes as long as any other.
    private async Task<bool> IsRightAsync(User? user, string password, bool mayEnter)
    {
        if (mayEnter && user is { PasswordHash: not null })
            return await accounts.CheckPasswordAsync(user, password);
        accounts.PasswordHasher.HashPassword(Nobody, password);
        return false;
    }

    private async Task<Refusal?> BarAsync(User user, string? returnUrl)
    {
        if (user.SuspendedAt is not null)
            return new(RefusalKind.Forbidden, texts["Login.Suspended"]);
        if (!settings.ConfirmsEmail || user.EmailConfirmed)
            return null;
        mails.SendConfirmation(user, await accounts.GenerateEmailConfirmationTokenAsync(user), returnUrl);
        return new(RefusalKind.Invalid, texts["Login.WrongOrUnconfirmed"]);
    }

    // Many networks that guess lock the account for devices that its owner has never used. The owner gets a link.
    private async Task CountAsync(User user)
    {
        await accounts.AccessFailedAsync(user);
        if (!await accounts.IsLockedOutAsync(user))
            return;
        security.Write(SecurityEvent.AccountLocked, user.Id);
        mails.SendUnlock(
            user,
            await accounts.GenerateUserTokenAsync(user, TokenOptions.DefaultProvider, UnlockOf(user))
        );
    }

    /// <summary>The purpose of the token in the mail that unlocks an account: for this lock only.</summary>
    public static string UnlockOf(User user) =>
        string.Create(CultureInfo.InvariantCulture, $"unlock {user.LockoutEnd:O}");
}
