using System.Security.Claims;

namespace Marketplace.Web.Accounts.Sessions;

internal static class SessionClaims
{
    public const string Id = "sid";

    public const string Refresh = "refresh";

    public static Guid? Session(this ClaimsPrincipal principal) => Read(principal, Id);

    /// <summary>When a session began, by the clock of its node: its id tells (UUID version 7).</summary>
    public static DateTimeOffset BegunAt(Guid session) =>
        session.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(session.ToString("N")[..12], 16))
            : DateTimeOffset.MinValue;

    public static Guid? RefreshToken(this ClaimsPrincipal principal) => Read(principal, Refresh);

    public static IEnumerable<Claim> Claims(this SignInSession session) => Of(session.Id, session.RefreshId);

    public static IEnumerable<Claim> Of(Guid session, Guid? refresh)
    {
        yield return new(Id, session.ToString());
        if (refresh is { } token)
            yield return new(Refresh, token.ToString());
    }

    private static Guid? Read(ClaimsPrincipal principal, string type) =>
        Guid.TryParse(principal.FindFirst(type)?.Value, out var id) ? id : null;
}
