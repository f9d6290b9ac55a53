using System.Runtime.CompilerServices;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>Reads a room for a transcript, in windows by seq, and puts its pictures into the archive as it meets them.</summary>
internal sealed class TranscriptSource(
    IDbContextFactory<MarketplaceDbContext> database,
    FileStore files,
    AuditSettings settings,
    ReaderClock clock,
    TimeProvider time
)
{
    private const int Window = 200;

    /// <summary>Null without such a room.</summary>
    public async Task<TranscriptHeader?> HeaderAsync(
        long roomId,
        TranscriptArchive archive,
        CancellationToken cancellation
    )
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        if (await RoomQueries.Supervised(db, roomId).SingleOrDefaultAsync(cancellation) is not { } room)
            return null;
        var seen = await RoomQueries.Seen(db, roomId).SingleAsync(cancellation);
        var looks = await LooksAsync(db, roomId, cancellation);
        return new(
            TranscriptChain.Format,
            clock.Zone,
            At(time.GetUtcNow().UtcDateTime),
            new(room.Id, At(room.CreatedAt), room.FirstSeq, room.LastSeq, room.Rev, room.IsLocked),
            new(room.ListingId, room.Title, room.State.ToString(), await SeenAsync(seen, archive, cancellation)),
            [Person(room.Buyer, "Buyer"), Person(room.Seller, "Seller")],
            looks,
            await RemovedAsync(db, roomId, archive, cancellation)
        );
    }

    /// <summary>Without their hashes.</summary>
    public async IAsyncEnumerable<TranscriptMessage> MessagesAsync(
        TranscriptRoom room,
        TranscriptArchive archive,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (var after = room.FirstSeq - 1; after < room.LastSeq; )
        {
            var (rows, versions) = await WindowAsync(room, after, cancellation);
            if (rows.Count == 0)
                yield break;
            foreach (var row in rows)
            {
                var pictures = await PicturesAsync(row.Message, archive, cancellation);
                yield return View(row, [.. versions[row.Message.Seq]], pictures);
            }
            after = rows[^1].Message.Seq;
        }
    }

    private async Task<(IReadOnlyList<TranscriptRow>, ILookup<long, TranscriptVersionRow>)> WindowAsync(
        TranscriptRoom room,
        long after,
        CancellationToken cancellation
    )
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var rows = await TranscriptQueries.Messages(db, room.Id, after, room.LastSeq, Window).ToListAsync(cancellation);
        var upTo = rows.Count == 0 ? after : rows[^1].Message.Seq;
        var versions = await TranscriptQueries.Versions(db, room.Id, after, upTo).ToListAsync(cancellation);
        return (rows, versions.ToLookup(version => version.Seq));
    }

    private async Task<IReadOnlyList<TranscriptPicture>> PicturesAsync(
        Message message,
        TranscriptArchive archive,
        CancellationToken cancellation
    )
    {
        var added = new List<TranscriptPicture>();
        foreach (var (index, one) in (MessageData.Parse(message.Data)?.Pictures ?? []).Index())
        {
            var found = await files.FindKeptAsync(one.File, message.RoomId);
            var name = FormattableString.Invariant($"{message.Seq:00000}-{index + 1}");
            added.Add(await archive.AddAsync(name, one.File, found, files, cancellation));
        }
        return added;
    }

    private static string? ModerationOf(MessageData? data) =>
        data switch
        {
            { Hidden: { } rule } => $"Hidden:{rule}",
            { Masked: { } rule } => $"Masked:{rule}",
            _ => null,
        };

    private async Task<TranscriptSeen?> SeenAsync(
        ListingSnapshot? seen,
        TranscriptArchive archive,
        CancellationToken cancellation
    )
    {
        if (seen is null)
            return null;
        var photos = new List<TranscriptPicture>();
        foreach (var (index, file) in seen.Photos.Index())
        {
            var found = await files.FindKeptAsync(file);
            var name = FormattableString.Invariant($"listing-{index + 1}");
            photos.Add(await archive.AddAsync(name, file, found, files, cancellation));
        }
        return new(seen.Title, seen.Description, seen.Price, seen.Currency, photos);
    }

    private async Task<IReadOnlyList<TranscriptRemoved>> RemovedAsync(
        MarketplaceDbContext db,
        long roomId,
        TranscriptArchive archive,
        CancellationToken cancellation
    )
    {
        var (added, rows) = (new List<TranscriptRemoved>(), FileClaims.Removed(db, roomId).OrderBy(file => file.Id));
        foreach (var (index, file) in (await rows.ToListAsync(cancellation)).Index())
        {
            var found = await files.FindKeptAsync(file.Name, roomId);
            var name = FormattableString.Invariant($"removed-{index + 1}");
            var picture = await archive.AddAsync(name, file.Name, found, files, cancellation);
            added.Add(new(file.OwnerId, At(file.CreatedAt), picture));
        }
        return added;
    }

    private async Task<IReadOnlyList<TranscriptLook>?> LooksAsync(
        MarketplaceDbContext db,
        long roomId,
        CancellationToken cancellation
    )
    {
        if (!settings.ShowsLooks)
            return null;
        var looks = await TranscriptQueries.Looks(db, roomId).ToListAsync(cancellation);
        return
        [
            .. looks.Select(look => new TranscriptLook(
                look.Number,
                At(look.At),
                look.Action.ToString(),
                look.Reason?.ToString(),
                Convert.ToHexStringLower(look.Hash)
            )),
        ];
    }

    // What became of a deal has no text of its own.
    private static string BodyOf(TranscriptRow row) =>
        row.Message.Kind.IsOfDeal() && MessageData.Parse(row.Message.Data)?.Deal is { } step
            ? DealSentence.Of(step, PersonName.Of(row.Sender), isMine: false)
            : row.Message.Body;

    private TranscriptMessage View(
        TranscriptRow row,
        IReadOnlyList<TranscriptVersionRow> earlier,
        IReadOnlyList<TranscriptPicture> pictures
    ) =>
        new(
            row.Message.Seq,
            row.Message.Rev,
            row.Message.Kind.ToString(),
            row.Message.ClientId,
            row.Message.ShownSenderId,
            row.Message.Kind.IsBySite() ? Message.AdministrationName : PersonName.Of(row.Sender),
            At(row.Message.SentAt),
            row.Message.ReplyTo,
            BodyOf(row),
            row.Message.EditedAt is { } edited ? At(edited) : null,
            row.Message.DeletedAt is { } deleted ? At(deleted) : null,
            ModerationOf(MessageData.Parse(row.Message.Data)),
            [.. earlier.Select(version => new TranscriptVersion(version.Body, At(version.Until)))],
            pictures,
            [
                .. (MessageData.Parse(row.Message.Data)?.Reactions ?? []).Select(one => new TranscriptReaction(
                    one.UserId,
                    one.Sign
                )),
            ]
        );

    private TranscriptPerson Person(MemberView member, string part) =>
        new(member.Id, member.Name, part, At(member.JoinedAt), member.IsClosed);

    private TranscriptTime At(DateTime utc) => TranscriptTime.Of(utc, clock);
}
