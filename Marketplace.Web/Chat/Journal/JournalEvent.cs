using System.Diagnostics;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Journal;

internal abstract record JournalEvent
{
    public abstract void Publish(Broadcaster broadcaster);
}

internal sealed record RoomEvent(
    long RoomId,
    IReadOnlyList<Membership> Members,
    object Event,
    ActivityContext Trace = default
) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster)
    {
        using var told = SiteTraces.Follow("message told", Trace);
        foreach (var member in Members)
            broadcaster.Publish(ChatTopics.Person(member.UserId), For(member));
        broadcaster.Publish(ChatTopics.Room(RoomId), Event);
        if (Event is MessagePosted or MessageChanged)
            broadcaster.Publish(ChatTopics.AllRooms, Event);
    }

    private object For(Membership member) =>
        Event switch
        {
            MessagePosted posted => posted with { Position = member.Position },
            RoomRead read when read.UserId == member.UserId => read with { Position = member.Position },
            MembershipChanged changed => changed with { Position = member.Position },
            _ => Event,
        };
}

internal sealed record ListingMoved(long ListingId) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster) =>
        broadcaster.Publish(ListingTopics.Listing(ListingId), new ListingChanged(ListingId));
}

/// <summary>Tells people to read their rooms again, because they may have missed events.</summary>
internal sealed record EventsMissed(IReadOnlyList<long> PersonIds) : JournalEvent
{
    public override void Publish(Broadcaster broadcaster)
    {
        foreach (var id in PersonIds)
            broadcaster.Publish(ChatTopics.Person(id), Missed.Events);
    }
}
