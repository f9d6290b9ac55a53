using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>
/// The requests, for those who work on them. One is leased to a process that says now and then that it still lives; each
/// step asks whether the request is still its own.
/// </summary>
internal sealed class ArchiveQueue(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    Notifier notifier,
    TimeProvider clock
)
{
    /// <summary>How long an archive can be downloaded, or a failure is shown.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The one that waits longest, taken; null if none waits.</summary>
    public async Task<ArchiveRequest?> ClaimAsync(CancellationToken cancellation)
    {
        var (now, name) = (Now, Guid.NewGuid());
        await using var db = await database.CreateDbContextAsync(cancellation);
        // Looked at first, because an update would take the write gate.
        if (!await ArchiveQueries.Due(db, now).AnyAsync(cancellation))
            return null;
        await transactions.InTransactionAsync(writing => ClaimAsync(writing, now, name), cancellation);
        return await db
            .ArchiveRequests.AsNoTracking()
            .SingleOrDefaultAsync(one => one.State == ArchiveState.Preparing && one.File == name, cancellation);
    }

    /// <summary>Says how far it is. False if the request is somebody else's, or gone.</summary>
    public async Task<bool> KeepAsync(ArchiveRequest request, int percent, CancellationToken cancellation)
    {
        var until = Now + Lease;
        var kept = await transactions.InTransactionAsync(
            db =>
                ArchiveQueries
                    .Held(db, request.Id, request.File)
                    .ExecuteUpdateAsync(
                        one => one.SetProperty(r => r.Percent, percent).SetProperty(r => r.LeasedUntil, until),
                        cancellation
                    ),
            cancellation
        );
        notifier.Tell([request.UserId]);
        return kept > 0;
    }

    /// <summary>Ends it as ready or failed and tells the person. False if it is somebody else's, or gone.</summary>
    public async Task<bool> EndAsync(ArchiveRequest request, ArchiveState state, long size)
    {
        var isMine = await transactions.InTransactionAsync(db => EndAsync(db, request, state, size));
        if (isMine)
            notifier.Tell([request.UserId]);
        return isMine;
    }

    /// <summary>Gives it back: this process stops, which is no attempt.</summary>
    public Task<int> ReleaseAsync(ArchiveRequest request) =>
        transactions.InTransactionAsync(db =>
            ArchiveQueries
                .Held(db, request.Id, request.File)
                .ExecuteUpdateAsync(one =>
                    one.SetProperty(r => r.State, ArchiveState.Queued)
                        .SetProperty(r => r.LeasedUntil, (DateTime?)null)
                        .SetProperty(r => r.File, (Guid?)null)
                        .SetProperty(r => r.Attempts, r => r.Attempts - 1)
                )
        );

    /// <summary>Removes those whose time is over.</summary>
    public async Task RemoveEndedAsync(CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await database.CreateDbContextAsync(cancellation);
        if (await ArchiveQueries.Ended(db, now).AnyAsync(cancellation))
            await transactions.InTransactionAsync(
                writing => ArchiveQueries.Ended(writing, now).ExecuteDeleteAsync(cancellation),
                cancellation
            );
    }

    /// <summary>Those of these files that are of no request.</summary>
    public async Task<IEnumerable<Guid>> StraysAsync(IReadOnlyList<Guid> names, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var known = await db
            .ArchiveRequests.Where(request => request.File != null && names.Contains(request.File.Value))
            .Select(request => request.File!.Value)
            .ToListAsync(cancellation);
        return names.Except(known);
    }

    // Of two processes at once, the second finds it taken: the condition holds for the update too.
    private static Task<int> ClaimAsync(MarketplaceDbContext db, DateTime now, Guid name)
    {
        var due = ArchiveQueries.Due(db, now);
        var oldest = due.OrderBy(request => request.Id).Take(1);
        return due.Where(request => oldest.Select(one => one.Id).Contains(request.Id))
            .ExecuteUpdateAsync(request =>
                request
                    .SetProperty(r => r.State, ArchiveState.Preparing)
                    .SetProperty(r => r.File, name)
                    .SetProperty(r => r.Percent, 0)
                    .SetProperty(r => r.Attempts, r => r.Attempts + 1)
                    .SetProperty(r => r.LeasedUntil, now + Lease)
            );
    }

    private async Task<bool> EndAsync(MarketplaceDbContext db, ArchiveRequest request, ArchiveState state, long size)
    {
        var (now, isReady) = (Now, state is ArchiveState.Ready);
        var ended = await ArchiveQueries
            .Held(db, request.Id, request.File)
            .ExecuteUpdateAsync(one =>
                one.SetProperty(r => r.State, state)
                    .SetProperty(r => r.File, isReady ? request.File : null)
                    .SetProperty(r => r.Size, size)
                    .SetProperty(r => r.LeasedUntil, (DateTime?)null)
                    .SetProperty(r => r.EndsAt, now + Life)
            );
        if (ended > 0)
            await notifier.AddAsync(db, [Told(request.UserId, isReady, now)]);
        return ended > 0;
    }

    private static Notice Told(long person, bool isReady, DateTime now) =>
        new()
        {
            PersonId = person,
            Kind = isReady ? NoticeKind.ArchiveReady : NoticeKind.ArchiveFailed,
            At = now,
        };
}
