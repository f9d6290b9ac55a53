using System.Globalization;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Audit;

/// <param name="Size">The number of the last entry.</param>
/// <param name="Broken">The first fault; null if the record is whole.</param>
/// <param name="Cut">How many entries the retention took away from the beginning.</param>
public sealed record AuditVerdict(long Size, int Checkpoints, string? Broken, long Cut = 0);

/// <summary>
/// Checks the record offline: each entry against the one before, the first against the signed cut before it if there is
/// one, the words that are kept against their commitments, and all of it against the checkpoints, which know of a tail
/// that is missing.
/// </summary>
public sealed class AuditCheck(IDbContextFactory<MarketplaceDbContext> database, AuditSettings settings, SigningKey key)
{
    public async Task<AuditVerdict> RunAsync(string? checkpointFile = null)
    {
        var file = checkpointFile ?? settings.Anchor.File;
        var lines = file is not null && File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        var checkpoints = lines.Where(line => line.Length > 0).Select(AuditCheckpoint.Read).ToList();
        await using var db = await database.CreateDbContextAsync();
        var cuts = await db.AuditCuts.AsNoTracking().OrderBy(cut => cut.Number).ToListAsync();
        if (Cuts(cuts) is { } forged)
            return new(0, checkpoints.Count, forged);
        var known = checkpoints.OfType<AuditCheckpoint>().ToLookup(one => one.Size);
        var (size, broken) = await ChainAsync(db, cuts, known);
        broken ??= Tail(size, checkpoints) ?? await HeadAsync(db, size);
        return new(size, checkpoints.Count, broken, cuts.LastOrDefault()?.Number ?? 0);
    }

    private string? Cuts(IReadOnlyList<AuditCut> cuts)
    {
        if (cuts.Count > 0 && !File.Exists(settings.KeyFile))
            return $"cut at {cuts[0].Number}: there is no key at {settings.KeyFile} to check it with";
        return cuts.FirstOrDefault(cut => !cut.IsBy(key)) is { } other
            ? $"cut at {other.Number}: it is not signed by the key {key.Id}"
            : null;
    }

    private static async Task<(long Size, string? Broken)> ChainAsync(
        MarketplaceDbContext db,
        IReadOnlyList<AuditCut> cuts,
        ILookup<long, AuditCheckpoint> checkpoints
    )
    {
        foreach (var cut in cuts)
            if (Other(checkpoints, cut.Number, cut.Hash) is { } unlike)
                return (cut.Number, unlike);
        var (size, previous) = cuts.Count == 0 ? (0L, []) : (cuts[^1].Number, cuts[^1].Hash);
        var rows = AuditQueries.Chain(db).AsNoTracking().AsAsyncEnumerable();
        await foreach (var (entry, text) in rows)
        {
            if (Fault(entry, text, size + 1, previous) is { } fault)
                return (size, $"entry {size + 1} (id {entry.Id}, {Time(entry.At)}): {fault}");
            (size, previous) = (size + 1, entry.Hash);
            if (Other(checkpoints, size, previous) is { } unlike)
                return (size, unlike);
        }
        return (size, null);
    }

    private static string? Other(ILookup<long, AuditCheckpoint> checkpoints, long number, byte[] hash) =>
        checkpoints[number].FirstOrDefault(one => one.Head != Convert.ToHexStringLower(hash)) is { } other
            ? $"entry {number}: the checkpoint of {Time(other.At)} knows another one here"
            : null;

    private static string? Fault(AuditEntry entry, AuditText? text, long number, byte[] previous) =>
        entry switch
        {
            { Number: 0 } when number > 1 => "it stands outside the chain",
            { Number: 0 } => "it was written before there was a chain, and nothing since",
            _ when entry.Number != number => $"the chain goes on with number {entry.Number}: entries are missing",
            _ when !entry.Hash.AsSpan().SequenceEqual(AuditChain.Hash(entry, previous)) =>
                "it does not match its hash: it was changed, or what is before it",
            _ when text is null => null,
            { Commitment: null } => "it has words that it never recorded",
            { Commitment: { } committed }
                when !committed.AsSpan().SequenceEqual(AuditChain.Commit(text.Salt, text.Text)) =>
                "its words were changed",
            _ => null,
        };

    private string? Tail(long size, IReadOnlyList<AuditCheckpoint?> checkpoints)
    {
        // Who only verifies must not make a key, which would have signed nothing.
        if (checkpoints.Count > 0 && !File.Exists(settings.KeyFile))
            return $"checkpoint 1: there is no key at {settings.KeyFile} to check it with";
        foreach (var (index, checkpoint) in checkpoints.Index())
            if (checkpoint is null || !checkpoint.IsBy(key))
                return $"checkpoint {index + 1}: it is not signed by the key {key.Id}";
        return checkpoints.OfType<AuditCheckpoint>().MaxBy(one => one.Size) is { } last && last.Size > size
            ? $"entry {size + 1}: it and all after it are missing; the checkpoint of {Time(last.At)} knows {last.Size} entries"
            : null;
    }

    private static async Task<string?> HeadAsync(MarketplaceDbContext db, long size)
    {
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync();
        if (head is null)
            return $"entry {size + 1}: the row that says how many entries the record has is missing";
        return head.Size == size ? null : $"entry {size + 1}: the record says that it has {head.Size} entries";
    }

    private static string Time(DateTime at) => at.ToString("u", CultureInfo.InvariantCulture);
}
