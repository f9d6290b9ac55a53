namespace Marketplace.Web.Chat.Journal;

/// <summary>
/// Who wrote in which room when a batch failed, the latest of them. It may have been committed and never told, so what
/// they repeat is told again; receivers drop duplicates.
/// </summary>
internal sealed class UntoldWrites
{
    internal const int Max = 10_000;

    private readonly HashSet<(long RoomId, long PersonId)> known = [];
    private readonly Queue<(long RoomId, long PersonId)> byAge = new();

    public bool Concern(JournalEntry entry) => known.Contains((entry.RoomId, entry.PersonId));

    public void Note(JournalEntry entry)
    {
        if (!known.Add((entry.RoomId, entry.PersonId)))
            return;
        byAge.Enqueue((entry.RoomId, entry.PersonId));
        if (byAge.Count > Max)
            known.Remove(byAge.Dequeue());
    }
}
