namespace Marketplace.Web.Chat.Messages;

/// <summary>What became of a message that a conversation was given.</summary>
public enum Merged
{
    /// <summary>It is now at its place.</summary>
    Applied,

    /// <summary>It, or a newer version of it, was there; or its place is outside the window.</summary>
    Known,

    /// <summary>Something before it is missing: catch up by <see cref="MessageWindow.Rev"/>. It was not applied.</summary>
    Gap,
}

/// <summary>
/// What a conversation on a screen is: a window of messages without a hole, merged by seq (place) and rev (version). While
/// it ends at the newest, what comes is added and pushes out the oldest, so that a page that stays open all day stays as
/// light as it was. Pure: no clock, no database, no component.
/// </summary>
public sealed class MessageWindow
{
    /// <summary>What is held of a history that is being read: some six screens of a phone.</summary>
    public const int MaxRows = 3 * MessageRange.Page;

    private readonly List<MessageView> messages = [];
    private int most = MessageRange.Page;

    /// <summary>In the order of seq, without a hole.</summary>
    public IReadOnlyList<MessageView> Messages => messages;

    /// <summary>Every change of the room up to here is known.</summary>
    public long Rev { get; private set; }

    /// <summary>The place of the room's newest message, whether it is in the window or not.</summary>
    public long NewestSeq { get; private set; }

    /// <summary>The place of the window's last message; 0 in an empty one.</summary>
    public long LastSeq => messages is [.., var last] ? last.Seq : 0;

    /// <summary>Whether there are messages before the window.</summary>
    public bool HasOlder(long firstSeq = 1) => messages is [var first, ..] && first.Seq > firstSeq;

    /// <summary>Whether there are messages after the window.</summary>
    public bool HasNewer => LastSeq < NewestSeq;

    /// <summary>Begins with a part of a room, as it was at <paramref name="rev"/> or a little later.</summary>
    /// <param name="newestSeq">The place of the room's newest message at that time.</param>
    public void Begin(IEnumerable<MessageView> part, long rev, long newestSeq)
    {
        messages.Clear();
        most = MessageRange.Page;
        messages.AddRange(part.OrderBy(message => message.Seq));
        NewestSeq = Math.Max(newestSeq, LastSeq);
        Rev = Math.Max(rev, messages.Select(message => message.Rev).DefaultIfEmpty().Max());
    }

    /// <summary>Puts an older part before the window. Messages that do not touch it are not taken.</summary>
    public void Prepend(IEnumerable<MessageView> older)
    {
        foreach (var message in older.OrderByDescending(message => message.Seq))
            if (messages is [var first, ..] && message.Seq == first.Seq - 1)
                messages.Insert(0, message);
        most = MaxRows;
        if (messages.Count > most)
            messages.RemoveRange(most, messages.Count - most);
    }

    /// <summary>Puts a newer part after the window. Messages that do not touch it are not taken.</summary>
    public void Append(IEnumerable<MessageView> newer)
    {
        most = MaxRows;
        foreach (var message in newer.OrderBy(message => message.Seq))
            if (message.Seq == LastSeq + 1)
                AddLast(message);
    }

    /// <summary>Merges one message, as told or as caught up.</summary>
    public Merged Add(MessageView message)
    {
        if (message.Rev > Rev + 1)
            return Merged.Gap;
        return Place(message);
    }

    /// <summary>
    /// Merges all that changed after <see cref="Rev"/>. In the order of seq: a new message that was changed since carries a
    /// higher rev than those that came after it, and only what touches the end is added.
    /// </summary>
    public void CatchUp(IEnumerable<MessageView> changed)
    {
        foreach (var message in changed.OrderBy(message => message.Seq))
            Place(message);
    }

    private Merged Place(MessageView message)
    {
        Rev = Math.Max(Rev, message.Rev);
        if (!HasNewer && (messages.Count == 0 || message.Seq == LastSeq + 1))
        {
            AddLast(message);
            return Merged.Applied;
        }
        NewestSeq = Math.Max(NewestSeq, message.Seq);
        Requote(message);
        var index = messages.Count == 0 ? -1 : (int)(message.Seq - messages[0].Seq);
        // Outside the window: it will be read in its newest version when one scrolls there.
        if (index < 0 || index >= messages.Count || messages[index].Rev >= message.Rev)
            return Merged.Known;
        messages[index] = message;
        return Merged.Applied;
    }

    private void AddLast(MessageView message)
    {
        messages.Add(message);
        NewestSeq = Math.Max(NewestSeq, message.Seq);
        if (messages.Count > most)
            messages.RemoveAt(0);
    }

    // What was deleted must not stay readable in the answers to it.
    private void Requote(MessageView changed)
    {
        for (var i = 0; i < messages.Count; i++)
            if (messages[i].Quote is { } quote && quote.Seq == changed.Seq)
                messages[i] = messages[i] with { Quote = QuoteView.Of(changed) };
    }
}
