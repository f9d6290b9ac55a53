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

    internal async Task ProveAsync(User user)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (currentUser.SessionId is not { } id)
            return;
        await transactions.InTransactionAsync(db =>
            Of(db, user.Id, id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, now))
        );
        security.Write(SecurityEvent.Proved, user.Id);
        states.Began(user.Id);
    }

    /// <summary>Keeps a session after a change of the security stamp, which ends all others.</summary>
    internal async Task RenewAsync(User user, Guid id)
    {
        var stamp = user.SecurityStamp ?? "";
        await transactions.InTransactionAsync(db =>
            Of(db, user.Id, id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Stamp, stamp))
        );
        states.Changed(user.Id);
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
