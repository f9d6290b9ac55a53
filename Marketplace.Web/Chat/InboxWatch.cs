using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// What an open list listens to beside its conversations: who of the rows around the eye comes and goes, their accounts and
/// listings, and the listings to filter by. Follows the window as it moves; nobody further away is watched.
/// </summary>
/// <param name="receive">Called for each event, on the page's dispatcher.</param>
internal sealed class InboxWatch(InboxService inbox, Func<object, Task> receive) : IDisposable
{
    private HashSet<Topic> watched = [];
    private IDisposable? watching;
    private bool disposed;

    public void Follow(IReadOnlyCollection<ConversationView> window, IReadOnlyCollection<AskedView> asked)
    {
        HashSet<Topic> topics =
        [
            .. window.Select(row => ChatTopics.Presence(row.OtherId)),
            .. window.Select(row => AccountTopics.Account(row.OtherId)),
            .. window.Select(row => ListingTopics.Listing(row.ListingId)),
            .. asked.Select(listing => ListingTopics.Listing(listing.ListingId)),
        ];
        if (disposed || topics.SetEquals(watched))
            return;
        // The new one first, so that nothing goes unnoticed in between.
        var before = watching;
        (watched, watching) = (topics, inbox.Watch(topics, receive));
        before?.Dispose();
    }

    public void Dispose()
    {
        disposed = true;
        watching?.Dispose();
    }
}
