using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Journal;

/// <summary>What is told after the commit.</summary>
internal abstract record JournalEvent
{
    public abstract void Publish(Broadcaster broadcaster);
}

/// <summary>An event of a room, for its members and for those who supervise it.</summary>
internal sealed record RoomEvent(long RoomId, IReadOnlyList<Membership> Members, object Event) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster)
    {
        foreach (var member in Members)
            broadcaster.Publish(ChatTopics.Person(member.UserId), For(member));
        broadcaster.Publish(ChatTopics.Room(RoomId), Event);
    }

    // Who reads a list has it in the event, and asks the database for nothing.
    private object For(Membership member) =>
        Event switch
        {
            MessagePosted posted => posted with { Position = member.Position },
            RoomRead read when read.UserId == member.UserId => read with { Position = member.Position },
            MembershipChanged changed => changed with { Position = member.Position },
            _ => Event,
        };
}

/// <summary>A listing that was reserved, sold, released or withdrawn.</summary>
internal sealed record ListingMoved(long ListingId) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster) =>
        broadcaster.Publish(ListingTopics.Listing(ListingId), new ListingChanged(ListingId));
}

/// <summary>That these people may have missed events of their rooms, and read again.</summary>
internal sealed record EventsMissed(IReadOnlyList<long> PersonIds) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster)
    {
        foreach (var id in PersonIds)
            broadcaster.Publish(ChatTopics.Person(id), Missed.Events);
    }
}
