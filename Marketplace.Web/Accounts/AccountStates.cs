using System.Collections.Concurrent;
using System.Security.Claims;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

public sealed record AccountState(
    long Id,
    string DisplayName,
    string Email,
    bool IsAdministrator,
    bool IsAuditor,
    bool IsSuspended,
    bool HidesReceipts,
    bool HidesPresence,
    bool HasSecondFactor,
    bool IsClosed
)
{
    public string DisplayName
    {
        get => PersonName.Of(field);
    } = DisplayName;

    public string? Culture { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>Whether the person has a role, but must turn on two-factor sign-in before it counts.</summary>
    public bool LacksSecondFactor { get; init; }

    public bool ReadsRecord => IsAdministrator || IsAuditor;

    public IEnumerable<string> Roles
    {
        get
        {
            if (IsAdministrator)
                yield return Accounts.Roles.Administrator;
            if (IsAuditor)
                yield return Accounts.Roles.Auditor;
        }
    }
}

/// <summary>Accounts and sessions in memory, by which each request, hub call and circuit activity is checked.</summary>
public sealed class AccountStates
{
    /// <summary>
    /// An entry older than this is reread for a session that is unknown or over, which another node may have seen in use;
    /// and for all while the other nodes may not be heard. One that begins after the entry was read makes it reread at once.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Of how many accounts one statement reads, at most, where all are read again.</summary>
    private const int AtOnce = 256;

    /// <summary>The most that an entry is believed where other nodes change accounts too.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    /// <summary>How far the clocks of two nodes may be apart for a session of one to be known at once on the other.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(2);

    private readonly IDbContextFactory<MarketplaceDbContext> database;
    private readonly Broadcaster broadcaster;
    private readonly RelayState relay;
    private readonly SessionClock sessions;
    private readonly SecuritySettings settings;
    private readonly TimeProvider clock;
    private readonly IOptions<IdentityOptions> identity;
    private readonly ConcurrentDictionary<long, Lazy<Task<Known?>>> states = new();

    public AccountStates(
        IDbContextFactory<MarketplaceDbContext> database,
        Broadcaster broadcaster,
        RelayState relay,
        SessionClock sessions,
        SecuritySettings settings,
        TimeProvider clock,
        IOptions<IdentityOptions> identity
    )
    {
        (this.database, this.broadcaster, this.relay) = (database, broadcaster, relay);
        (this.sessions, this.settings, this.clock, this.identity) = (sessions, settings, clock, identity);
        // Before the pages hear of it, which then read the account again.
        broadcaster.Before<AccountChanged>(changed => states.TryRemove(changed.Id, out _));
        broadcaster.Before<Missed>(_ => states.Clear());
    }

    private sealed record Known(AccountState State, Dictionary<Guid, LiveSession> Sessions, DateTimeOffset ReadAt);

    /// <summary>Returns the principal's account if its session is valid and the account is not suspended.</summary>
    public async ValueTask<AccountState?> FindAsync(ClaimsPrincipal principal) =>
        await OfSessionAsync(principal) is { IsSuspended: false } state ? state : null;

    /// <summary>Whether suspension is the only reason why the principal is not accepted.</summary>
    public async ValueTask<bool> IsSuspendedAsync(ClaimsPrincipal principal) =>
        await OfSessionAsync(principal) is { IsSuspended: true };

    public async ValueTask<AccountState?> FindAsync(long id) => (await KnownAsync(id))?.State;

    /// <summary>Records an act. What only reaches an open page is none: a page left behind must expire.</summary>
    public async ValueTask UseAsync(ClaimsPrincipal principal)
    {
        if (await SessionAsync(principal) is var (_, session))
            sessions.Note(session);
    }

    public async ValueTask<bool> IsProvedAsync(ClaimsPrincipal principal) =>
        await SessionAsync(principal) is var (_, session) && sessions.IsProved(session);

    /// <summary>Asks the database, for who acts without the person: the session may have ended on another node.</summary>
    public async Task<bool> IsLiveAsync(long id, Guid session)
    {
        await using var db = await database.CreateDbContextAsync();
        var standing = await AccountQueries.Sessions(db, id).SingleOrDefaultAsync(one => one.Id == session);
        return standing is not null && sessions.IsValid(sessions.Of(standing));
    }

    /// <summary>
    /// Reads what will be asked for, as far as it is not known or too old: in one statement, where each would take its own.
    /// </summary>
    public async Task KnowAsync(IEnumerable<long> ids)
    {
        var trusted = Trusted;
        if (ids.Where(id => !IsKnown(id, trusted)).ToHashSet() is { Count: > 0 } wanted)
            await ReadAgainAsync(wanted);
    }

    /// <summary>Reads again the copies of those with an open page, which hears of what has changed.</summary>
    internal async Task CompareAsync(CancellationToken cancellation)
    {
        var listening = broadcaster.Topics.Where(AccountTopics.IsAccount).Select(topic => topic.Id);
        foreach (var some in listening.Where(states.ContainsKey).Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            await ReadAgainAsync(some);
        }
    }

    /// <summary>Must be called after a change that open pages of the account need not know, such as a new session.</summary>
    public void Began(long id) => states.TryRemove(id, out _);

    /// <summary>Must be called after each committed change of an account or its sessions.</summary>
    public void Changed(long id) => broadcaster.Publish(AccountTopics.Account(id), new AccountChanged(id));

    private async ValueTask<AccountState?> OfSessionAsync(ClaimsPrincipal principal) =>
        await SessionAsync(principal) is var (state, _) ? state : null;

    private async ValueTask<(AccountState State, LiveSession Session)?> SessionAsync(ClaimsPrincipal principal)
    {
        var account = principal.FindFirst(identity.Value.ClaimsIdentity.UserIdClaimType)?.Value;
        if (!long.TryParse(account, out var id) || principal.Session() is not { } session)
            return null;
        var known = await KnownAsync(id);
        if (Valid(known, session) is null)
            known = await KnownAsync(id, IsNewer(known, session) ? TimeSpan.Zero : Patience);
        return Valid(known, session) is { } live ? (known!.State, live) : null;
    }

    private LiveSession? Valid(Known? known, Guid session) =>
        known is not null && known.Sessions.TryGetValue(session, out var live) && sessions.IsValid(live) ? live : null;

    // Begun on another node since. That node's clock may be a little behind.
    private static bool IsNewer(Known? known, Guid session) =>
        known is not null
        && !known.Sessions.ContainsKey(session)
        && SessionClaims.BegunAt(session) > known.ReadAt - ClockSkew;

    private bool IsOlder(Known? known, TimeSpan age) => known is not null && clock.GetUtcNow() - known.ReadAt > age;

    private TimeSpan Trusted =>
        !relay.IsOn ? TimeSpan.MaxValue
        : relay.HearsAll ? Age
        : Patience;

    private bool IsKnown(long id, TimeSpan trusted) =>
        Read(states.GetValueOrDefault(id)) is { } known && !IsOlder(known, trusted);

    // Null if it is still being read, could not be read, or there is no such account.
    private static Known? Read(Lazy<Task<Known?>>? entry) =>
        entry is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? entry.Value.Result : null;

    private ValueTask<Known?> KnownAsync(long id) => KnownAsync(id, Trusted);

    /// <param name="trusted">An entry that is older is read again.</param>
    private async ValueTask<Known?> KnownAsync(long id, TimeSpan trusted)
    {
        var entry = states.GetOrAdd(id, key => new Lazy<Task<Known?>>(() => ReadAsync(key)));
        try
        {
            var known = await entry.Value;
            if (!IsOlder(known, trusted))
                return known;
        }
        catch
        {
            states.TryRemove(KeyValuePair.Create(id, entry));
            throw;
        }
        await ReadAgainAsync([id]);
        return await KnownAsync(id, TimeSpan.MaxValue);
    }

    // The entries stand before the statement runs: whatever changes meanwhile removes them.
    private async Task ReadAgainAsync(IReadOnlyCollection<long> ids)
    {
        var read = new Lazy<Task<Dictionary<long, Known>>>(() => ReadAsync(ids));
        var again = new List<(long Id, Lazy<Task<Known?>>? Before, Lazy<Task<Known?>> Now)>();
        foreach (var id in ids)
        {
            var (before, now) = (states.GetValueOrDefault(id), new Lazy<Task<Known?>>(() => PickAsync(read.Value, id)));
            // What is being read is new enough for everybody who asks.
            if (before is { IsValueCreated: false } or { Value.IsCompleted: false })
                continue;
            if (before is null ? states.TryAdd(id, now) : states.TryUpdate(id, now, before))
                again.Add((id, before, now));
        }
        try
        {
            foreach (var (id, before, now) in again)
            {
                var known = await now.Value;
                // What another node did and could not tell: the pages that nobody touches have to hear it too.
                if (Read(before) is { } earlier && IsChanged(earlier, known))
                    broadcaster.PublishHere(AccountTopics.Account(id), new AccountChanged(id));
            }
        }
        catch
        {
            // What was known before is what the next round compares with; a change meanwhile has removed the entry.
            foreach (var (id, before, now) in again)
                if (Read(before) is null || !states.TryUpdate(id, before!, now))
                    states.TryRemove(KeyValuePair.Create(id, now));
            throw;
        }
    }

    private static async Task<Known?> PickAsync(Task<Dictionary<long, Known>> read, long id) =>
        (await read).GetValueOrDefault(id);

    private static bool IsChanged(Known before, Known? now) =>
        now is null || before.State != now.State || !before.Sessions.Keys.All(now.Sessions.ContainsKey);

    private AccountState WithFactor(AccountState state)
    {
        var lacks = state is { ReadsRecord: true, HasSecondFactor: false } && settings.AsksFactorOfAdministrators;
        return lacks ? state with { IsAdministrator = false, IsAuditor = false, LacksSecondFactor = true } : state;
    }

    private async Task<Known?> ReadAsync(long id) => (await ReadAsync([id])).GetValueOrDefault(id);

    private async Task<Dictionary<long, Known>> ReadAsync(IReadOnlyCollection<long> ids)
    {
        var readAt = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync();
        var read = await AccountQueries.WithSessions(db, ids).ToListAsync();
        return read.ToDictionary(
            one => one.State.Id,
            one => new Known(
                WithFactor(one.State),
                one.Sessions.ToDictionary(session => session.Id, sessions.Of),
                readAt
            )
        );
    }
}
