using System.Security.Claims;
using Marketplace.Web.Accounts.Sessions;

namespace Marketplace.Web.Accounts;

/// <summary>The user of one request, hub call or circuit; a suspension or a lost role shows at once.</summary>
public sealed class CurrentUser(AccountStates states)
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private ClaimsPrincipal principal = Nobody;

    /// <summary>Called by what opens the scope; the circuit handler calls it again for each new connection.</summary>
    public void ActAs(ClaimsPrincipal who) => principal = who;

    /// <summary>The id that the principal claims, valid or not; for logs.</summary>
    internal string? PersonId => principal.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>The current session, valid or not; null for a visitor.</summary>
    public Guid? SessionId => principal.Session();

    /// <summary>Whether the person proved who they are within the last minutes (<c>Sessions:Proof</c>).</summary>
    public ValueTask<bool> IsProvedAsync() => states.IsProvedAsync(principal);

    public ValueTask UseAsync() => states.UseAsync(principal);

    /// <summary>Returns the current account, or null for a visitor.</summary>
    public ValueTask<AccountState?> FindAsync() => states.FindAsync(principal);

    public async ValueTask<AccountState?> FindAdministratorAsync() =>
        await FindAsync() is { IsAdministrator: true } administrator ? administrator : null;

    /// <summary>An administrator or auditor.</summary>
    public async ValueTask<AccountState?> FindReaderOfRecordAsync() =>
        await FindAsync() is { ReadsRecord: true } reader ? reader : null;
}
