using System.Runtime.CompilerServices;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>A person's conversations, drafts and quick replies.</summary>
internal sealed class ChatData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    MessageJournal journal
) : IPersonalData
{
    private const int Page = 100;

    /// <summary>Small enough that other people's messages wait less than a tenth of a second.</summary>
    private const int ErasedAtOnce = 20;

    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        IReadOnlyList<ArchivedRoom> rooms;
        await using (var db = await database.CreateDbContextAsync(cancellation))
        {
            rooms = await ChatDataQueries.Rooms(db, userId).ToListAsync(cancellation);
            await archive.WriteAsync(
                "quick-replies.json",
                await ChatDataQueries.QuickReplies(db, userId).ToListAsync(cancellation)
            );
        }
        await archive.WriteAsync("conversations.json", rooms);
        foreach (var room in rooms)
            await archive.WriteAsync($"conversations/{room.Id}.json", MessagesAsync(room.Id, cancellation));
    }

    public async Task<int> EntriesAsync(long userId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await ChatDataQueries.Rooms(db, userId).CountAsync(cancellation);
    }

    /// <summary>The other's texts stay, and what was reserved and sold; of a held room, what evidence needs.</summary>
    public async Task EraseAsync(long userId, CancellationToken cancellation)
    {
        foreach (var room in await RoomsAsync(userId, cancellation))
        {
            await DeleteMessagesAsync(userId, room, cancellation);
            await transactions.InTransactionAsync(db => ForgetAsync(db, userId, room), cancellation);
        }
        await transactions.InTransactionAsync(
            async db =>
            {
                await db.QuickReplies.Where(reply => reply.UserId == userId).ExecuteDeleteAsync(cancellation);
                return await db.LastSeen.Where(seen => seen.UserId == userId).ExecuteDeleteAsync(cancellation);
            },
            cancellation
        );
    }

    private async Task<IReadOnlyList<long>> RoomsAsync(long userId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db
            .Memberships.Where(membership => membership.UserId == userId)
            .Select(membership => membership.RoomId)
            .ToListAsync(cancellation);
    }

    // By the journal, so that the other's open screen and list lose the texts too.
    private async Task DeleteMessagesAsync(long userId, long roomId, CancellationToken cancellation)
    {
        for (long after = 0; ; )
        {
            List<long> seqs;
            await using (var db = await database.CreateDbContextAsync(cancellation))
                seqs = await ChatDataQueries
                    .Texts(db, userId, roomId, after)
                    .Take(ErasedAtOnce)
                    .ToListAsync(cancellation);
            if (seqs.Count == 0)
                return;
            var erasures = seqs.Select(seq => new Deletion(roomId, userId, seq, IsErasure: true)).ToList();
            if (!erasures.TrueForAll(journal.TryTake))
                throw new InvalidOperationException("The journal is full.");
            await Task.WhenAll(erasures.Select(erasure => erasure.Stored));
            after = seqs[^1];
        }
    }

    private static async Task<int> ForgetAsync(MarketplaceDbContext db, long userId, long roomId)
    {
        if (await RoomQueries.Purgeable(db).SingleOrDefaultAsync(one => one.Id == roomId) is { } room)
        {
            await ChatDataQueries.Versions(db, userId, roomId).ExecuteDeleteAsync();
            if (room.SellerId == userId)
                room.Snapshot = ListingSnapshot.Of(room.Snapshot)?.Facts.ToJson();
        }
        return await db
            .Memberships.Where(membership => membership.UserId == userId && membership.RoomId == roomId)
            .ExecuteUpdateAsync(membership => membership.SetProperty(m => m.Draft, (string?)null));
    }

    private async IAsyncEnumerable<ArchivedMessage> MessagesAsync(
        long roomId,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (long after = 0; ; )
        {
            List<ArchivedMessage> page;
            await using (var db = await database.CreateDbContextAsync(cancellation))
                page = await ChatDataQueries.Messages(db, roomId, after).Take(Page).ToListAsync(cancellation);
            foreach (var message in page)
                yield return message;
            if (page.Count < Page)
                yield break;
            after = page[^1].Seq;
        }
    }
}
