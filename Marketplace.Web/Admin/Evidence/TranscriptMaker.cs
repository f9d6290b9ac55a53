using System.Globalization;
using Marketplace.Web.Admin.Audit;

namespace Marketplace.Web.Admin.Evidence;

internal sealed record MadeTranscript(Stream Archive, TranscriptManifest Manifest);

/// <summary>Makes the archive of a room, in one pass, so that its three forms say the same. Asks nobody's permission.</summary>
internal sealed class TranscriptMaker(TranscriptSource source, TranscriptPage page, SigningKey key, TimeProvider clock)
{
    /// <summary>Null without such a room.</summary>
    public async Task<MadeTranscript?> MakeAsync(long roomId, CancellationToken cancellation)
    {
        await using var archive = new TranscriptArchive();
        if (await source.HeaderAsync(roomId, archive, cancellation) is not { } header)
            return null;
        await using var forms = new TranscriptForms(page);
        var begin = await forms.BeginAsync(header);
        var (head, size, last) = (begin, 0L, header.Room.FirstSeq - 1);
        await foreach (var message in source.MessagesAsync(header.Room, archive, cancellation))
        {
            head = TranscriptChain.Hash(message, head);
            await forms.AddAsync(message with { Hash = head });
            (size, last) = (size + 1, message.Seq);
        }
        await forms.EndAsync(archive, head, key.Fingerprint, cancellation);
        var manifest = new TranscriptManifest(
            TranscriptManifest.Version,
            roomId,
            size,
            header.Room.FirstSeq,
            last,
            begin,
            head,
            clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [.. archive.Files],
            "",
            "",
            ""
        ).SignedBy(key);
        return new(await archive.FinishAsync(manifest, cancellation), manifest);
    }
}
