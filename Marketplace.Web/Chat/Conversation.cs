namespace Marketplace.Web.Chat;

/// <summary>What became of a message that a conversation was given.</summary>
public enum Merged
{
    /// <summary>It is now at its place.</summary>
    Applied,

    /// <summary>It, or a newer version of it, was there.</summary>
    Known,

    /// <summary>Something before it is missing: catch up by <see cref="Conversation.Rev"/>. It was not applied.</summary>
    Gap,
}

/// <summary>
/// What a conversation on a screen is: a window of messages without a hole that ends at the newest, merged by seq
/// (place) and rev (version). It holds as many as were loaded: what comes pushes out the oldest, so that a page that stays
/// open all day stays as light as it was. Pure: no clock, no database, no component.
/// </summary>
public sealed class Conversation
{
    private readonly List<MessageView> messages = [];
    private int most = HistoryWindow.Page;

    /// <summary>In the order of seq, without a hole.</summary>
    public IReadOnlyList<MessageView> Messages => messages;

    /// <summary>Every change of the room up to here is known.</summary>
    public long Rev { get; private set; }

    /// <summary>The newest message's place; 0 in an empty room.</summary>
    public long LastSeq => messages is [.., var last] ? last.Seq : 0;

    /// <summary>Whether there are messages before the window.</summary>
    public bool HasOlder(long firstSeq = 1) => messages is [var first, ..] && first.Seq > firstSeq;

    /// <summary>Begins with the newest part of a room, as it was at <paramref name="rev"/> or a little later.</summary>
    public void Begin(IEnumerable<MessageView> newest, long rev)
    {
        messages.Clear();
        most = HistoryWindow.Page;
        messages.AddRange(newest.OrderBy(message => message.Seq));
        Rev = Math.Max(rev, messages.Select(message => message.Rev).DefaultIfEmpty().Max());
    }

    /// <summary>Puts an older part before the window. Parts that do not touch it are not taken.</summary>
    public void Prepend(IEnumerable<MessageView> older)
    {
        foreach (var message in older.OrderByDescending(message => message.Seq))
            if (messages is [var first, ..] && message.Seq == first.Seq - 1)
                messages.Insert(0, message);
        // Whoever reads old ones keeps them while some new ones come.
        most = messages.Count + HistoryWindow.Page;
    }

    /// <summary>Merges one message, as told or as caught up.</summary>
    public Merged Add(MessageView message)
    {
        if (message.Rev > Rev + 1)
            return Merged.Gap;
        return Place(message);
    }

    /// <summary>Merges what changed after <see cref="Rev"/>, read from the database in the order of rev.</summary>
    public void CatchUp(IEnumerable<MessageView> changed)
    {
        foreach (var message in changed)
            Place(message);
    }

    private Merged Place(MessageView message)
    {
        Rev = Math.Max(Rev, message.Rev);
        if (messages.Count == 0 || message.Seq == LastSeq + 1)
        {
            messages.Add(message);
            if (messages.Count > most)
                messages.RemoveAt(0);
            return Merged.Applied;
        }
        var index = (int)(message.Seq - messages[0].Seq);
        // Before the window: it will be read in its newest version when one scrolls there.
        if (index < 0 || index >= messages.Count || messages[index].Rev >= message.Rev)
            return Merged.Known;
        messages[index] = message;
        return Merged.Applied;
    }
}
