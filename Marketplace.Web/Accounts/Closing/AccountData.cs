using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>The account itself, and the pictures that the person uploaded.</summary>
internal sealed class AccountData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    FileStore files
) : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using (var db = await database.CreateDbContextAsync(cancellation))
        {
            await archive.WriteAsync("account.json", await Account(db, userId).SingleAsync(cancellation));
            await archive.WriteAsync("passkeys.json", await Passkeys(db, userId).ToListAsync(cancellation));
            await archive.WriteAsync("sessions.json", await Sessions(db, userId).ToListAsync(cancellation));
        }
        foreach (var file in await files.OwnAsync(userId, cancellation))
        {
            await using var content = await files.OpenAsync(file, cancellation);
            await archive.CopyAsync($"pictures/{file.Name:N}.{Ending(file)}", content);
        }
    }

    public async Task<int> EntriesAsync(long userId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Files.CountAsync(file => file.OwnerId == userId, cancellation);
    }

    public Task EraseAsync(long userId, CancellationToken cancellation) =>
        transactions.InTransactionAsync(db => FileClaims.ReleaseAllAsync(db, userId), cancellation);

    private static string Ending(FileView file) => file.ContentType.Split('/')[1];

    private static IQueryable<object> Account(MarketplaceDbContext db, long userId) =>
        from user in db.Users
        where user.Id == userId
        select new
        {
            user.Id,
            user.DisplayName,
            user.Email,
            user.JoinedAt,
            user.HidesReceipts,
            user.HidesPresence,
            user.TwoFactorEnabled,
        };

    private static IQueryable<object> Passkeys(MarketplaceDbContext db, long userId) =>
        from passkey in db.Set<IdentityUserPasskey<long>>()
        where passkey.UserId == userId
        select new { passkey.Data.Name, passkey.Data.CreatedAt };

    private static IQueryable<object> Sessions(MarketplaceDbContext db, long userId) =>
        from session in db.Sessions
        where session.UserId == userId
        orderby session.StartedAt
        select new
        {
            session.Device,
            session.Address,
            session.StartedAt,
            session.SeenAt,
        };
}
