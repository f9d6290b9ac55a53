using System.Security.Cryptography;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Audit;

/// <summary>Appends to the record of administrators, for whoever acts in this scope.</summary>
public sealed class AuditRecord(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    CurrentUser currentUser,
    IHttpContextAccessor accessor,
    AuditSettings settings,
    TimeProvider clock
) : ILookRecord
{
    /// <summary>A room's page asks for its pictures at once.</summary>
    private static readonly TimeSpan OneLook = TimeSpan.FromMinutes(1);

    /// <summary>Of those that the two who talk there are shown.</summary>
    private const int MaxLooks = 20;

    /// <summary>How long one reason holds, in one session.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromHours(12);

    public Task WriteAsync(long administratorId, AuditDeed deed) => WriteAllAsync(administratorId, [deed]);

    public Task WriteAllAsync(long administratorId, IReadOnlyList<AuditDeed> deeds) =>
        transactions.InTransactionAsync(async db =>
        {
            await AddAllAsync(db, administratorId, deeds, Here);
            return true;
        });

    public Task<bool> PictureAsync(long administratorId, long roomId) =>
        LookAsync(
            administratorId,
            new(AuditAction.PictureOpened, roomId),
            db => db.AuditEntries.Where(entry => entry.RoomId == roomId && entry.Action != AuditAction.WallShown)
        );

    /// <summary>The same of a report that the administrator opened, which the deed's text names.</summary>
    internal Task<bool> ReportPictureAsync(long administratorId, AuditDeed look) =>
        LookAsync(administratorId, look, db => AuditQueries.EvidenceLooks(db, look.Text!));

    private async Task<bool> LookAsync(
        long administratorId,
        AuditDeed look,
        Func<MarketplaceDbContext, IQueryable<AuditEntry>> opened
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var last = await LastAsync(administratorId, db => opened(db).Where(entry => entry.At > now - Visit));
        if (last is null)
        {
            await WriteAsync(administratorId, look with { IsRefused = true });
            return false;
        }
        if (last < now - OneLook)
            await WriteAsync(administratorId, look);
        return true;
    }

    /// <summary>Whether the administrator opened the room in this session, with a reason that still holds.</summary>
    public async Task<bool> HasOpenedAsync(long administratorId, long roomId)
    {
        var since = clock.GetUtcNow().UtcDateTime - Visit;
        return await LastAsync(
            administratorId,
            db =>
                db.AuditEntries.Where(entry =>
                    entry.RoomId == roomId && entry.Action == AuditAction.RoomOpened && entry.At > since
                )
        )
            is not null;
    }

    public async Task<IReadOnlyList<LookView>?> LooksAsync(long roomId)
    {
        if (!settings.ShowsLooks)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await AuditQueries.Looks(db, roomId).Take(MaxLooks).ToListAsync();
    }

    /// <summary>A look at the record. Those of one visit are one.</summary>
    public async Task ReadAsync(long readerId)
    {
        var since = clock.GetUtcNow().UtcDateTime - Visit;
        var opened = await LastAsync(
            readerId,
            db => db.AuditEntries.Where(entry => entry.Action == AuditAction.RecordOpened && entry.At > since)
        );
        if (opened is null)
            await WriteAsync(readerId, new(AuditAction.RecordOpened));
    }

    // When the person last did this in this session.
    private async Task<DateTime?> LastAsync(long personId, Func<MarketplaceDbContext, IQueryable<AuditEntry>> of)
    {
        var session = currentUser.SessionId;
        await using var db = await database.CreateDbContextAsync();
        return await of(db)
            .Where(entry => entry.AdministratorId == personId && entry.SessionId == session && !entry.IsRefused)
            .OrderByDescending(entry => entry.Id)
            .Select(entry => (DateTime?)entry.At)
            .FirstOrDefaultAsync();
    }

    /// <summary>In the transaction of what it records; saves.</summary>
    /// <summary>For a transaction of somebody else's thread: keeps from where the administrator acts now.</summary>
    internal Func<MarketplaceDbContext, Task> Later(long administratorId, AuditDeed deed)
    {
        var from = Here;
        return db => AddAllAsync(db, administratorId, [deed], from);
    }

    /// <returns>The number of the entry.</returns>
    internal Task<long> AddAsync(MarketplaceDbContext db, long administratorId, AuditDeed deed) =>
        AddAllAsync(db, administratorId, [deed], Here);

    private async Task<long> AddAllAsync(
        MarketplaceDbContext db,
        long administratorId,
        IReadOnlyList<AuditDeed> deeds,
        Place from
    )
    {
        var heads = await TakeHeadAsync(db);
        var (head, last) = (await heads.AsNoTracking().SingleAsync(), 0L);
        foreach (var deed in deeds)
        {
            var (entry, text) = Entry(administratorId, deed, from);
            Append(head, entry);
            db.AuditEntries.Add(entry);
            await db.SaveChangesAsync();
            last = entry.Id;
            if (text is null)
                continue;
            text.EntryId = entry.Id;
            db.AuditTexts.Add(text);
            await db.SaveChangesAsync();
        }
        await heads.ExecuteUpdateAsync(row =>
            row.SetProperty(h => h.Size, head.Size).SetProperty(h => h.Hash, head.Hash)
        );
        return last;
    }

    /// <summary>Nobody else appends until the transaction ends.</summary>
    internal static async Task<IQueryable<AuditHead>> TakeHeadAsync(MarketplaceDbContext db)
    {
        var heads = db.AuditHeads.Where(head => head.Id == AuditHead.Only);
        await heads.ExecuteUpdateAsync(head => head.SetProperty(h => h.Size, h => h.Size));
        return heads;
    }

    /// <summary>Before the first entry of a chain: what versions without one recorded comes first in it, as it is.</summary>
    internal static async Task<long> ChainEarlierAsync(MarketplaceDbContext db)
    {
        var head = await db.AuditHeads.SingleAsync();
        if (head.Size > 0)
            return head.Size;
        await foreach (var entry in db.AuditEntries.OrderBy(entry => entry.Id).AsAsyncEnumerable())
            Append(head, entry);
        return head.Size;
    }

    private static void Append(AuditHead head, AuditEntry entry)
    {
        entry.Number = ++head.Size;
        entry.Hash = head.Hash = AuditChain.Hash(entry, head.Hash);
    }

    private (AuditEntry Entry, AuditText? Text) Entry(long administratorId, AuditDeed deed, Place from)
    {
        var text = Text(deed.Text);
        return (
            new()
            {
                AdministratorId = administratorId,
                Action = deed.Action,
                IsRefused = deed.IsRefused,
                Reason = deed.Reason,
                RoomId = deed.RoomId,
                PersonId = deed.PersonId,
                ListingId = deed.ListingId,
                Seq = deed.Seq,
                Commitment = text is null ? null : AuditChain.Commit(text.Salt, text.Text),
                Address = from.Address,
                SessionId = from.SessionId,
                At = clock.GetUtcNow().UtcDateTime,
            },
            text
        );
    }

    private static AuditText? Text(string? words) =>
        string.IsNullOrWhiteSpace(words)
            ? null
            : new()
            {
                Salt = RandomNumberGenerator.GetBytes(AuditChain.SaltLength),
                Text = VisibleText.Begin(words.Trim(), AuditText.MaxLength),
            };

    private Place Here => new(accessor.HttpContext?.Connection.RemoteIpAddress?.ToString(), currentUser.SessionId);

    private sealed record Place(string? Address, Guid? SessionId);
}
