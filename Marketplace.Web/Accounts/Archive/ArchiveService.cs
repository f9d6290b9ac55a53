using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>The current person's archive: all that is theirs, prepared in the background.</summary>
internal sealed class ArchiveService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IFileContents contents,
    Notifier notifier,
    SecurityLog security,
    TimeProvider clock,
    IStringLocalizer<AccountTexts> texts
)
{
    /// <summary>For all people together: what waits longer than a day helps nobody.</summary>
    public const int MaxWaiting = 1_000;

    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Null if the person asked for none, or its time is over.</summary>
    public async Task<ArchiveView?> FindAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await ArchiveQueries.Of(db, me.Id, Now).SingleOrDefaultAsync();
    }

    /// <summary>When the person may ask for another (UTC); null if at once.</summary>
    public DateTime? NextAfter(ArchiveView? last) =>
        last is null or { State: ArchiveState.Failed } || last.AskedAt + Apart <= Now ? null : last.AskedAt + Apart;

    /// <summary>Asks for one, unless there is one of today. Null on success, otherwise why not.</summary>
    public async Task<Refusal?> AskAsync()
    {
        if (!await currentUser.IsProvedAsync() || await currentUser.FindAsync() is not { } me)
            return new(RefusalKind.Forbidden, texts["Proof.Title"]);
        try
        {
            return await transactions.InTransactionAsync(db => AskAsync(db, me.Id));
        }
        catch (DbUpdateException)
        {
            // Pressed twice at once: the other one was first.
            if (await FindAsync() is null)
                throw;
            return null;
        }
    }

    /// <summary>The file of the person's own archive; null for any other, and for one whose file is lost.</summary>
    public async Task<Stream?> OpenAsync(Guid name)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (!await ArchiveQueries.Ready(db, me.Id, name, Now).AnyAsync())
            return null;
        var file = await contents.OpenAsync(ArchiveFile.Of(name), CancellationToken.None);
        await transactions.InTransactionAsync(writing =>
            file is null
                ? LoseAsync(writing, me.Id, name)
                : Notifier.ReadAsync(writing, me.Id, NoticeKind.ArchiveReady, Now)
        );
        notifier.Tell([me.Id]);
        if (file is not null)
            security.Write(SecurityEvent.DataDownloaded, me.Id);
        return file;
    }

    private async Task<Refusal?> AskAsync(MarketplaceDbContext db, long me)
    {
        var now = Now;
        if (NextAfter(await ArchiveQueries.Of(db, me, now).SingleOrDefaultAsync()) is not null)
            return null;
        if (await ArchiveQueries.Unfinished(db).CountAsync() >= MaxWaiting)
            return new(RefusalKind.Busy, texts["Data.Busy"]);
        await db.ArchiveRequests.Where(request => request.UserId == me).ExecuteDeleteAsync();
        db.ArchiveRequests.Add(
            new()
            {
                UserId = me,
                AskedAt = now,
                EndsAt = now + ArchiveQueue.Life,
            }
        );
        security.Write(SecurityEvent.DataRequested, me);
        return null;
    }

    // It can be asked for again, and the page says so.
    private Task<int> LoseAsync(MarketplaceDbContext db, long me, Guid name) =>
        ArchiveQueries
            .Ready(db, me, name, Now)
            .ExecuteUpdateAsync(request =>
                request.SetProperty(r => r.State, ArchiveState.Failed).SetProperty(r => r.File, (Guid?)null)
            );
}
