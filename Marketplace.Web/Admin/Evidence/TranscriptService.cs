using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>Exports rooms, for administrators who opened them. An export is recorded, with its final digest, or not sent.</summary>
internal sealed class TranscriptService(
    CurrentUser currentUser,
    SupervisionService supervision,
    TranscriptMaker maker,
    AuditRecord record,
    IStringLocalizer<TranscriptTexts> texts,
    IStringLocalizer<AdminTexts> admin
)
{
    /// <summary>The archive of a room; closing it deletes it.</summary>
    /// <param name="purpose">Null if none was given.</param>
    public async Task<Outcome<Stream>> ExportAsync(long roomId, Look? purpose, CancellationToken cancellation)
    {
        if (
            await supervision.FindRoomAsync(roomId) is not { } room
            || await currentUser.FindAdministratorAsync() is not { } me
        )
            return NotFound();
        if (purpose is not { Text: { Length: > 0 } words })
            return new Refusal(RefusalKind.Invalid, texts["Transcript.Say"]);
        var deed = new AuditDeed(AuditAction.TranscriptExported, roomId) { Reason = purpose.Reason, Text = words };
        if (me.Id == room.BuyerId || me.Id == room.SellerId)
        {
            await record.WriteAsync(me.Id, deed with { IsRefused = true });
            return new Refusal(RefusalKind.Forbidden, admin["Act.Self"]);
        }
        if (!await record.HasOpenedAsync(me.Id, roomId))
        {
            await record.WriteAsync(me.Id, deed with { IsRefused = true });
            return new Refusal(RefusalKind.Forbidden, texts["Transcript.OpenFirst"]);
        }
        if (await maker.MakeAsync(roomId, cancellation) is not var (archive, manifest))
            return NotFound();
        return await RecordAsync(deed, archive, manifest);
    }

    private async Task<Outcome<Stream>> RecordAsync(AuditDeed deed, Stream archive, TranscriptManifest manifest)
    {
        try
        {
            // It can have taken a while.
            if (await currentUser.FindAdministratorAsync() is { } administrator)
            {
                var words = $"{deed.Text} · SHA-256 {manifest.Head}";
                await record.WriteAsync(administrator.Id, deed with { Seq = manifest.LastSeq, Text = words });
                return archive;
            }
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
        await archive.DisposeAsync();
        return NotFound();
    }

    private Refusal NotFound() => new(RefusalKind.NotFound, admin["Room.NotFound"]);
}
