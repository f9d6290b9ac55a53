using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Admin.Replay;

/// <summary>
/// A part of a room's past, event by event. It shows no more than the messages of two windows; what happens to older
/// ones is out of sight.
/// </summary>
public sealed class ReplayWindow
{
    public const int Size = 50;

    private readonly Dictionary<long, MessageView> messages;
    private readonly List<ReplayLine> lines = [];
    private readonly List<ReplayEvent> before;
    private readonly List<ReplayEvent> events;
    private readonly ReplayPart part;

    public ReplayWindow(ReplayPart part)
    {
        this.part = part;
        messages = part.Messages.ToDictionary(message => message.Seq);
        var begins = messages.GetValueOrDefault(part.After + 1)?.SentAt ?? DateTime.MaxValue;
        var ends = messages.GetValueOrDefault(part.After + Size + 1)?.SentAt ?? DateTime.MaxValue;
        var all = part
            .Messages.Where(message => message.Seq <= part.After + Size)
            .SelectMany(message => ReplayHistory.Of(message, [.. part.Versions[message.Seq]]))
            .OrderBy(one => one.At)
            .ThenBy(one => one.Seq)
            .ToList();
        before = [.. all.Where(one => one.Step is ReplayStep.Said ? one.Seq <= part.After : one.At < begins)];
        events = [.. all.Except(before).Where(one => one.Step is ReplayStep.Said || one.At < ends)];
        HasNext = messages.ContainsKey(part.After + Size + 1);
        Begin();
    }

    /// <summary>Whether there is a window after this one.</summary>
    public bool HasNext { get; }

    /// <summary>What was there at this moment, the oldest first.</summary>
    public IReadOnlyList<ReplayLine> Lines => lines;

    public bool IsAtBeginning => Done == 0;

    public bool IsAtEnd => Done == events.Count;

    /// <summary>The message after which this moment is.</summary>
    public long Seq => lines is [.., var last] ? last.Message.Seq : part.After;

    /// <summary>The state of the listing at this moment, by the lines of the site; null if none says it.</summary>
    public ListingState? State => lines.LastOrDefault(line => line.Moves is not null)?.Moves ?? part.State;

    /// <summary>How long it took until the next event; zero at an end, and for the first event of all.</summary>
    public TimeSpan Gap => !IsAtEnd && At is { } at && events[Done].At > at ? events[Done].At - at : TimeSpan.Zero;

    /// <summary>The time (UTC) of what last happened; null before everything.</summary>
    public DateTime? At =>
        Done > 0 ? events[Done - 1].At
        : before is [.., var last] ? last.At
        : null;

    private int Done { get; set; }

    public void Forward()
    {
        if (!IsAtEnd)
            Apply(events[Done++]);
    }

    public void Back()
    {
        var until = Math.Max(0, Done - 1);
        Begin();
        while (Done < until)
            Forward();
    }

    private void Begin()
    {
        lines.Clear();
        Done = 0;
        before.ForEach(Apply);
    }

    private void Apply(ReplayEvent one)
    {
        if (one.Step is ReplayStep.Said)
            lines.Add(new(messages[one.Seq], Since(one), one));
        else if (lines.FindIndex(line => line.Message.Seq == one.Seq) is >= 0 and var index)
            lines[index] = lines[index] with { Last = one };
    }

    private TimeSpan Since(ReplayEvent said) =>
        messages.TryGetValue(said.Seq - 1, out var earlier) ? said.At - earlier.SentAt : TimeSpan.Zero;
}
