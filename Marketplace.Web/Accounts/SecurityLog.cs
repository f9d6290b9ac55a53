using System.Globalization;

namespace Marketplace.Web.Accounts;

public enum SecurityEvent
{
    SignedIn,
    SignInFailed,
    SessionEnded,
    RefreshTokenReused,
    Registered,
    AccountLocked,
    AccountUnlocked,
    Proved,
    PasswordChanged,
    EmailChanged,
    SecondFactorChanged,
    RecoveryCodesMade,
    PasskeysChanged,
    ChangeTakenBack,
    AccountClosed,
    DataRequested,
    DataDownloaded,
    RoleChanged,
    SuspensionChanged,
    AccessRefused,
    LimitReached,
}

/// <summary>Who did what to which account, from where; never a password, code, token or text of a person.</summary>
public sealed class SecurityLog(ILogger<SecurityLog> log, CurrentUser currentUser, IHttpContextAccessor accessor)
{
    private const string Nobody = "-";

    /// <param name="person">The account that the event is about; null if there is none.</param>
    public void Write(SecurityEvent what, long? person, Guid? session = null) =>
        log.LogInformation(
            "Security: {SecurityEvent}, account {AccountId}, by {PersonId} in session {SessionId}, from {ClientAddress} at {RequestPath}",
            what,
            person?.ToString(CultureInfo.InvariantCulture) ?? Nobody,
            currentUser.PersonId ?? Nobody,
            (session ?? currentUser.SessionId)?.ToString() ?? Nobody,
            accessor.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? Nobody,
            accessor.HttpContext?.Request.Path.Value ?? Nobody
        );
}
