using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>The newest message that a listener of an inbox has been told of, by which losses between nodes are found.</summary>
internal sealed class InboxPlace(IDbContextFactory<MarketplaceDbContext> database, long personId)
{
    private long place;

    public Shown Shown => new(ChatTopics.Person(personId), () => Volatile.Read(ref place));

    public async Task ReadAsync()
    {
        await using var db = await database.CreateDbContextAsync();
        if (await LiveQueries.Inboxes(db, [personId]).SingleOrDefaultAsync() is { } stored)
            Volatile.Write(ref place, stored.Version);
    }

    /// <summary>Before the listener is told: who missed something reads after this.</summary>
    public async Task NoteAsync(object told)
    {
        if (told is MessagePosted { Position.SortKey: var id } && id > place)
            Volatile.Write(ref place, id);
        else if (told is Missed)
            await ReadAsync();
    }
}
