using System.Security.Claims;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Sessions;

/// <summary>One of a person's sessions. Times are UTC.</summary>
/// <param name="Device">Empty if unknown.</param>
public sealed record SessionView(
    Guid Id,
    string Device,
    string Address,
    DateTime StartedAt,
    DateTime SeenAt,
    bool IsCurrent
);

/// <summary>Begins, renews and ends sessions. An ended session is invalid everywhere once it is stored.</summary>
public sealed class SessionService(
    CurrentUser currentUser,
    AccountStates states,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    SessionSettings settings,
    SecurityLog security,
    TimeProvider clock
)
{
    /// <summary>The limit per account; beyond it, the least recently used session ends.</summary>
    public const int MaxSessions = 50;

    internal async Task<SignInSession> BeginAsync(User user, bool isKept, HttpContext? http, bool hasRefresh = false)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserId = user.Id,
            Stamp = user.SecurityStamp ?? "",
            IsKept = isKept,
            StartedAt = now,
            SeenAt = now,
            EndsAt = settings.EndOf(isKept, now),
            ProvedAt = now,
            Device = DeviceName.Of(http?.Request.Headers.UserAgent),
            Address = http?.Connection.RemoteIpAddress?.ToString() ?? "",
            RefreshId = hasRefresh ? Guid.NewGuid() : null,
        };
        await transactions.InTransactionAsync(async db =>
        {
            var kept = db
                .Sessions.Where(s => s.UserId == user.Id)
                .OrderByDescending(s => s.SeenAt)
                .ThenByDescending(s => s.Id)
                .Take(MaxSessions - 1)
                .Select(s => s.Id);
            await db.Sessions.Where(s => s.UserId == user.Id && !kept.Contains(s.Id)).ExecuteDeleteAsync();
            db.Sessions.Add(session);
            return await db.SaveChangesAsync();
        });
        states.Began(user.Id);
        return session;
    }

    /// <summary>
    /// Gives a session another id after a proof or a change of the account, which ends all others: a copy of the cookie
    /// of before is worth nothing (OWASP ASVS 5.0, 7.2.4). Returns the id.
    /// </summary>
    internal async Task<Guid> ReplaceAsync(User user, Guid id, bool isProved)
    {
        var (next, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow().UtcDateTime);
        var isReplaced = await transactions.InTransactionAsync(async db =>
        {
            if (await Of(db, user.Id, id).SingleOrDefaultAsync() is not { } session)
                return false;
            // Nothing that concerns sign-in has changed: other tabs need not load again.
            if (!isProved && session.Stamp == user.SecurityStamp)
                return false;
            db.Sessions.Add(session.Renewed(next, user.SecurityStamp ?? "", isProved ? now : session.ProvedAt));
            db.Sessions.Remove(session);
            return true;
        });
        if (isProved)
            security.Write(SecurityEvent.Proved, user.Id);
        states.Changed(user.Id);
        return isReplaced ? next : id;
    }

    /// <summary>The next token's id; null if this is invalid. A used one may be stolen: it ends the session.</summary>
    internal async Task<Guid?> RotateAsync(long userId, ClaimsPrincipal token)
    {
        if (token.Session() is not { } id || token.RefreshToken() is not { } used)
            return null;
        var next = Guid.NewGuid();
        var isGood = await transactions.InTransactionAsync(async db =>
        {
            var mine = Of(db, userId, id);
            var taken = await mine.Where(s => s.RefreshId == used)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.RefreshId, next));
            if (taken == 0)
                await mine.ExecuteDeleteAsync();
            return taken > 0;
        });
        if (!isGood)
        {
            security.Write(SecurityEvent.RefreshTokenReused, userId, id);
            states.Changed(userId);
        }
        return isGood ? next : null;
    }

    /// <summary>Lists the person's valid sessions, the current one first, then by last use.</summary>
    public async Task<IReadOnlyList<SessionView>> ListAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        var own = currentUser.SessionId;
        await using var db = await database.CreateDbContextAsync();
        return
        [
            .. (await AccountQueries.Sessions(db, me.Id).OrderByDescending(s => s.SeenAt).ToListAsync())
                .Select(s => new SessionView(s.Id, s.Device, s.Address, s.StartedAt, s.SeenAt, s.Id == own))
                .OrderByDescending(s => s.IsCurrent),
        ];
    }

    public Task EndAsync(Guid id) => EndAsync(mine => mine.Where(s => s.Id == id));

    public Task EndOwnAsync() => currentUser.SessionId is { } id ? EndAsync(id) : Task.CompletedTask;

    public Task<int> EndOthersAsync()
    {
        var own = currentUser.SessionId;
        return EndAsync(mine => mine.Where(s => s.Id != own));
    }

    private async Task<int> EndAsync(Func<IQueryable<SignInSession>, IQueryable<SignInSession>> which)
    {
        if (await currentUser.FindAsync() is not { } me)
            return 0;
        var ended = await transactions.InTransactionAsync(db =>
            which(db.Sessions.Where(s => s.UserId == me.Id)).ExecuteDeleteAsync()
        );
        security.Write(SecurityEvent.SessionEnded, me.Id);
        states.Changed(me.Id);
        return ended;
    }

    private static IQueryable<SignInSession> Of(MarketplaceDbContext db, long userId, Guid id) =>
        db.Sessions.Where(s => s.Id == id && s.UserId == userId);
}
