using System.Security.Cryptography;
using System.Text.Json;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Credentials;

/// <remarks>The links of sent mails hold the numbers, so new ones go at the end.</remarks>
public enum AccountChange
{
    Email,
    Password,
    SecondFactorOn,
    RecoveryCodes,
    PasskeyAdded,
    SecondFactorOff,
    PasskeyRemoved,
    Closed,
}

public sealed record AccountBefore(
    long Id,
    AccountChange Change,
    string Email,
    bool HasSecondFactor,
    string? Key,
    DateTime ChangedAt,
    string Name = ""
);

/// <summary>Lets the owner take a change back, even if a thief has password, session and new address.</summary>
public sealed class TakeBack(
    AccountManager accounts,
    AccountMails mails,
    SecurityLog security,
    IDataProtectionProvider protection,
    TimeProvider clock,
    IStringLocalizer<AccountTexts> texts
)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.TakeBack");

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<AccountBefore> LookAsync(User user, AccountChange change) =>
        new(
            user.Id,
            change,
            user.Email ?? "",
            user.TwoFactorEnabled,
            user.TwoFactorEnabled ? await accounts.GetAuthenticatorKeyAsync(user) : null,
            Now,
            user.DisplayName
        );

    /// <param name="passkey">The name of the one that was added or removed.</param>
    public void Tell(AccountBefore before, string? passkey = null)
    {
        security.Write(EventOf(before.Change), before.Id);
        mails.SendChanged(before.Change, before.Email, protector.Protect(JsonSerializer.Serialize(before)), passkey);
    }

    /// <summary>Returns what a link would restore; null if it is forged or too old.</summary>
    public AccountBefore? Read(string? code)
    {
        try
        {
            var before = JsonSerializer.Deserialize<AccountBefore>(protector.Unprotect(code ?? ""))!;
            return Now - before.ChangedAt < Life ? before : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Finds whose change it was; null if the link is used already.</summary>
    public async Task<User?> FindAsync(AccountBefore before) =>
        await accounts.FindByIdAsync($"{before.Id}") is { ErasedAt: null } user && !IsVoid(before, user) ? user : null;

    /// <summary>Finds who has taken this very change back and has no password yet; nothing else lets them in.</summary>
    public async Task<User?> FindUnfinishedAsync(AccountBefore before) =>
        await accounts.FindByIdAsync($"{before.Id}") is { PasswordHash: null, ClosedAt: null } user
        && user.RestoredTo == before.ChangedAt
            ? user
            : null;

    /// <summary>Whether another account has confirmed the address since.</summary>
    public async Task<bool> IsTakenAsync(AccountBefore before) =>
        await FindOtherAsync(before) is { EmailConfirmed: true };

    public async Task<Outcome<User>> RestoreAsync(AccountBefore before)
    {
        if (await FindAsync(before) is not { } user)
            return new Refusal(RefusalKind.NotFound, texts["Error.InvalidToken"]);
        if (await IsTakenAsync(before))
            return new Refusal(RefusalKind.Conflict, texts["TakeBack.Taken"]);
        await DisplaceAsync(before);
        (user.RestoredTo, user.RestoredAt) = (before.ChangedAt, Now);
        (user.Email, user.UserName) = (before.Email, before.Email);
        user.TrustAddress();
        // A thief may have closed the account after another change.
        var isClosed = user.ClosedAt is not null;
        if (isClosed)
            (user.ClosedAt, user.DisplayName) = (null, before.Name);
        if (isClosed || before.Change is AccountChange.SecondFactorOn or AccountChange.SecondFactorOff)
            await RestoreFactorAsync(user, before);
        // All of them: a thief may have added one before this change.
        foreach (var passkey in await accounts.GetPasskeysAsync(user))
            await accounts.RemovePasskeyAsync(user, passkey.CredentialId);
        // A thief may know the password. Without one nobody signs in, and the new stamp ends every session.
        user.PasswordHash = null;
        user.LockoutEnd = null;
        await accounts.RemoveRecoveryCodesAsync(user);
        var restored = await accounts.UpdateSecurityStampAsync(user);
        if (!restored.Succeeded)
            return new Refusal(
                RefusalKind.Conflict,
                string.Join(' ', restored.Errors.Select(error => error.Description))
            );
        security.Write(SecurityEvent.ChangeTakenBack, user.Id);
        return user;
    }

    private async Task RestoreFactorAsync(User user, AccountBefore before)
    {
        user.TwoFactorEnabled = before.HasSecondFactor;
        if (before.Key is { } key)
            await accounts.SetAuthenticatorKeyAsync(user, key);
    }

    // Used already; or a thief's, who got the account's mails after the change.
    private static bool IsVoid(AccountBefore before, User user) =>
        user.RestoredTo <= before.ChangedAt && before.ChangedAt <= user.RestoredAt;

    // Nobody keeps an address from its owner by registering with it and never confirming it.
    private async Task DisplaceAsync(AccountBefore before)
    {
        if (await FindOtherAsync(before) is not { } other)
            return;
        other.Email = other.UserName = $"{other.Id}@displaced.invalid";
        await accounts.UpdateSecurityStampAsync(other);
    }

    private async Task<User?> FindOtherAsync(AccountBefore before) =>
        await accounts.FindByEmailAsync(before.Email) is { } other && other.Id != before.Id ? other : null;

    private static SecurityEvent EventOf(AccountChange change) =>
        change switch
        {
            AccountChange.Email => SecurityEvent.EmailChanged,
            AccountChange.Password => SecurityEvent.PasswordChanged,
            AccountChange.PasskeyAdded or AccountChange.PasskeyRemoved => SecurityEvent.PasskeysChanged,
            AccountChange.Closed => SecurityEvent.AccountClosed,
            AccountChange.RecoveryCodes => SecurityEvent.RecoveryCodesMade,
            _ => SecurityEvent.SecondFactorChanged,
        };
}
