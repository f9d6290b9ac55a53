using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What the rules of safety find in a room: in what the other person wrote, and in what is to be sent.</summary>
/// <param name="me">Null for a supervisor, for whom nothing is read.</param>
/// <param name="site">The base address, such as <c>https://example.com/</c>.</param>
/// <param name="tally">Counts what a live page shows; null for others.</param>
public sealed class RoomCautions(TimeProvider clock, long? me, string? site, FigureTally? tally)
{
    private readonly string host = site is null ? "" : new Uri(site).Host;

    // Of the few messages in which something was found.
    private readonly Dictionary<(long Seq, long Rev), SafetyRule> known = [];

    private readonly HashSet<(Figure, long Seq)> counted = [];

    /// <summary>The worst of what was found; null if nothing was.</summary>
    public SafetyRule? Of(MessageView message) =>
        known.TryGetValue((message.Seq, message.Rev), out var rule) ? rule : null;

    public void Read(RoomView room, MessageWindow window, IReadOnlyList<MessageView> messages)
    {
        if (me is null)
            return;
        // In the middle of a long history nobody meets for the first time.
        var answered = window.HasOlder(room.FirstSeq) ? 0 : FirstSaid(window, isBy: id => id == me);
        foreach (var message in messages.Where(IsSaid).Where(message => message.SenderId != me))
            if (Find(room, message.SenderId, message.Body, message.SentAt, message.Seq < answered) is [var worst, ..])
                Know(message, worst.Rule, isNew: message.Seq > room.Of(me.Value)?.ReadSeq);
    }

    /// <summary>The reader says that the caution beside this message is wrong.</summary>
    public void CallWrong(long seq)
    {
        foreach (var (message, rule) in known)
            if (message.Seq == seq)
                Count(Figure.CautionWrong, seq, rule);
    }

    public IReadOnlyList<SafetyFinding> Find(RoomView room, MessageWindow window, string text)
    {
        var isFirst = !window.HasOlder(room.FirstSeq) && FirstSaid(window, isBy: id => id != me) == long.MaxValue;
        return me is { } id ? Find(room, id, text, clock.GetUtcNow().UtcDateTime, isFirst) : [];
    }

    private void Know(MessageView message, SafetyRule rule, bool isNew)
    {
        known[(message.Seq, message.Rev)] = rule;
        if (isNew)
            Count(Figure.CautionShown, message.Seq, rule);
    }

    private void Count(Figure figure, long seq, SafetyRule rule)
    {
        if (tally is not null && counted.Add((figure, seq)))
            tally.Found(figure, (int)rule, rule.ToString());
    }

    private IReadOnlyList<SafetyFinding> Find(RoomView room, long sender, string text, DateTime at, bool isFirst) =>
        room.Of(sender) is { } member
            ? SafetyRules.Find(
                text,
                new(
                    isFirst,
                    at - member.JoinedAt < SafetyContext.New,
                    sender == room.Buyer.Id,
                    room.Price,
                    member.Name,
                    host
                )
            )
            : [];

    private static long FirstSaid(MessageWindow window, Func<long, bool> isBy) =>
        window.Messages.FirstOrDefault(message => IsSaid(message) && isBy(message.SenderId))?.Seq ?? long.MaxValue;

    private static bool IsSaid(MessageView message) => message is { Kind: MessageKind.Text, DeletedAt: null };
}
