namespace Marketplace.Web.Chat.Journal;

/// <summary>Others keep these rooms locked for longer than a batch waits.</summary>
public sealed class RoomsLockedException(IReadOnlyList<long> roomIds)
    : Exception($"Somebody else keeps rooms locked: {string.Join(", ", roomIds)}")
{
    public IReadOnlyList<long> RoomIds => roomIds;
}

/// <summary>
/// The entries of locked rooms stand aside, in their order, and are tried again once a second, so that the other rooms do
/// not wait for them. A move concerns rooms that only the database knows: one that meets a locked room holds up all.
/// </summary>
internal sealed class LockedRooms(TimeProvider clock)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<JournalEntry> aside = [];
    private readonly HashSet<long> rooms = [];
    private long triedAt;

    public bool IsEmpty => aside.Count == 0;

    /// <summary>How long until they are tried again.</summary>
    public TimeSpan Rest => clock.GetElapsedTime(triedAt) is var since && since < Apart ? Apart - since : TimeSpan.Zero;

    /// <summary>Puts the entry behind those of its room; false if its room is not aside.</summary>
    public bool TryQueue(JournalEntry entry)
    {
        if (!rooms.Contains(entry.RoomId))
            return false;
        aside.Add(entry);
        return true;
    }

    /// <summary>Puts what concerns these rooms aside, before what came later; returns the others.</summary>
    public IReadOnlyList<JournalEntry> Put(IReadOnlyList<JournalEntry> batch, RoomsLockedException locked)
    {
        var held = batch.Where(entry => locked.RoomIds.Contains(entry.RoomId)).ToList();
        if (held.Count == 0)
            held = [.. batch.Where(entry => entry is IRoomsMove)];
        aside.InsertRange(0, held);
        rooms.UnionWith(held.Select(entry => entry.RoomId));
        triedAt = clock.GetTimestamp();
        FailOld(locked);
        return [.. batch.Except(held)];
    }

    /// <summary>Takes the first of them back, if it is time.</summary>
    public IReadOnlyList<JournalEntry> Take(int limit)
    {
        if (IsEmpty || Rest > TimeSpan.Zero)
            return [];
        var due = aside.Take(limit).ToList();
        aside.RemoveRange(0, due.Count);
        rooms.IntersectWith(aside.Select(entry => entry.RoomId));
        return due;
    }

    private void FailOld(Exception reason)
    {
        foreach (var entry in aside.Where(entry => clock.GetElapsedTime(entry.TakenAt) >= Patience))
            entry.Fail(reason);
        aside.RemoveAll(entry => clock.GetElapsedTime(entry.TakenAt) >= Patience);
        rooms.IntersectWith(aside.Select(entry => entry.RoomId));
    }
}
