using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

public sealed class EarlierVersions(IDbContextFactory<MarketplaceDbContext> database, bool isSupervising)
{
    private readonly Dictionary<(long Seq, long Rev), IReadOnlyList<string>> known = [];

    /// <summary>Oldest first; null for unchanged messages and for members.</summary>
    public IReadOnlyList<string>? Of(MessageView message) => known.GetValueOrDefault((message.Seq, message.Rev));

    public async Task ReadAsync(IReadOnlyList<MessageView> messages)
    {
        if (!isSupervising)
            return;
        var unknown = messages
            .Where(message => message is { EditedAt: not null } or { DeletedAt: not null } or { Masked: not null })
            .Where(message => Of(message) is null)
            .ToList();
        if (unknown.Count == 0)
            return;
        await using var db = await database.CreateDbContextAsync();
        var seqs = unknown.Select(message => message.Seq).ToArray();
        var versions = (await MessageQueries.Versions(db, unknown[0].RoomId, seqs).ToListAsync()).ToLookup(
            version => version.Seq,
            version => version.Body
        );
        foreach (var message in unknown)
            known[(message.Seq, message.Rev)] = [.. versions[message.Seq]];
    }
}
