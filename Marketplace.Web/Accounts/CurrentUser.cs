using System.Security.Claims;
using Marketplace.Web.Accounts.Sessions;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Who acts, in one request, hub call or circuit (it is scoped). Asks <see cref="AccountStates"/> each time, so that
/// whoever was suspended, demoted or signed out elsewhere is nobody from that moment on.
/// </summary>
public sealed class CurrentUser(AccountStates states)
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private ClaimsPrincipal principal = Nobody;

    /// <summary>Set once per scope, by what opens the scope: middleware, hub filter or circuit handler.</summary>
    public void ActAs(ClaimsPrincipal who) => principal = who;

    /// <summary>The session that acts, standing or not; null for a visitor.</summary>
    public Guid? SessionId => principal.Session();

    /// <summary>The account that acts, or null for a visitor.</summary>
    public ValueTask<AccountState?> FindAsync() => states.FindAsync(principal);

    /// <summary>The administrator who acts, or null for everybody else.</summary>
    public async ValueTask<AccountState?> FindAdministratorAsync() =>
        await FindAsync() is { IsAdministrator: true } administrator ? administrator : null;
}
