namespace Marketplace.Web.Chat.Messages;

public enum Merged
{
    Applied,

    /// <summary>This or a newer version was there, or its seq is outside the window.</summary>
    Known,

    /// <summary>A change before it is missing: catch up from <see cref="MessageWindow.Rev"/>.</summary>
    Gap,
}

/// <summary>Messages without a hole, merged by seq (position) and rev (version). At the newest end, a new message
/// pushes out the oldest, so that a page left open does not grow.</summary>
public sealed class MessageWindow
{
    /// <summary>The limit while scrolling through history: about six screens of a phone.</summary>
    public const int MaxRows = 3 * MessageRange.Page;

    private readonly List<MessageView> messages = [];
    private int most = MessageRange.Page;

    public IReadOnlyList<MessageView> Messages => messages;

    /// <summary>The rev up to which every change of the room is known.</summary>
    public long Rev { get; private set; }

    public long NewestSeq { get; private set; }

    public long LastSeq => messages is [.., var last] ? last.Seq : 0;

    public bool HasOlder(long firstSeq = 1) => messages is [var first, ..] && first.Seq > firstSeq;

    public bool HasNewer => LastSeq < NewestSeq;

    /// <summary>Replaces the window by part of a room, as it was at <paramref name="rev"/> or a little later.</summary>
    public void Begin(IEnumerable<MessageView> part, long rev, long newestSeq)
    {
        messages.Clear();
        most = MessageRange.Page;
        messages.AddRange(part.OrderBy(message => message.Seq));
        NewestSeq = Math.Max(newestSeq, LastSeq);
        Rev = Math.Max(rev, messages.Select(message => message.Rev).DefaultIfEmpty().Max());
    }

    public void Prepend(IEnumerable<MessageView> older)
    {
        foreach (var message in older.OrderByDescending(message => message.Seq))
            if (messages is [var first, ..] && message.Seq == first.Seq - 1)
                messages.Insert(0, message);
        most = MaxRows;
        if (messages.Count > most)
            messages.RemoveRange(most, messages.Count - most);
    }

    public void Append(IEnumerable<MessageView> newer)
    {
        most = MaxRows;
        foreach (var message in newer.OrderBy(message => message.Seq))
            if (message.Seq == LastSeq + 1)
                AddLast(message);
    }

    public Merged Add(MessageView message)
    {
        if (message.Rev > Rev + 1)
            return Merged.Gap;
        return Place(message);
    }

    /// <summary>Notes a change of the room that no message carries.</summary>
    public Merged Pass(long rev)
    {
        if (rev > Rev + 1)
            return Merged.Gap;
        Reach(rev);
        return Merged.Known;
    }

    /// <summary>Notes that all changes up to this rev have been read, also those that no message carries.</summary>
    public void Reach(long rev) => Rev = Math.Max(Rev, rev);

    /// <summary>What is below was purged.</summary>
    public void Cut(long firstSeq) => messages.RemoveAll(message => message.Seq < firstSeq);

    /// <summary>Merges by seq: only a message next to the end is added, and an edited one has a higher rev.</summary>
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
        // Scrolling there will read its newest version.
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

    // A deleted text must not stay readable in quotes.
    private void Requote(MessageView changed)
    {
        for (var i = 0; i < messages.Count; i++)
            if (messages[i].Quote is { } quote && quote.Seq == changed.Seq)
                messages[i] = messages[i] with { Quote = QuoteView.Of(changed) };
    }
}
