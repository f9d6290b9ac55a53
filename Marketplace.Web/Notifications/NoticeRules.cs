using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>Whom a notice is for. Times are UTC.</summary>
/// <param name="Off">What the person wants nothing of on the channel.</param>
/// <param name="CanReach">Whether the channel reaches the person at all.</param>
/// <param name="SeenAt">When the person last came to the site, on any device.</param>
/// <param name="MailsInVain">How many mails went since then.</param>
public sealed record NoticeReader(
    bool IsSuspended,
    bool IsClosed,
    NoticeSubjects Off,
    bool CanReach,
    DateTime? SeenAt,
    DateTime? MailedAt,
    int MailsInVain
);

/// <summary>A notice that waits, with what its reader has done since.</summary>
/// <param name="From">The other person of the room; null outside rooms.</param>
public sealed record WaitingNotice(
    long Id,
    NoticeKind Kind,
    long? RoomId,
    long Seq,
    DateTime At,
    bool IsRead,
    DateTime? ShownAt,
    DateTime? MutedUntil,
    string? From,
    long? ListingId,
    string? Listing,
    string? Data
)
{
    /// <summary>What became of it on devices so far.</summary>
    public NoticeOutcome Push { get; init; }

    /// <summary>Whether the reader blocks the other person of the room.</summary>
    public bool IsBlocked { get; init; }
}

/// <summary>Whether something is still worth telling. Asked again at the moment of sending.</summary>
public static class NoticeRules
{
    /// <summary>How long to wait after one mail, after two, and after more that brought nobody here.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromDays(1)];

    public static NoticeOutcome Decide(WaitingNotice notice, NoticeReader reader, DateTime now) =>
        reader switch
        {
            { IsClosed: true } => NoticeOutcome.NoAccess,
            // The only things to tell them: that they are, and why, and how to object.
            { IsSuspended: true } when notice.Kind is not (NoticeKind.Suspended or NoticeKind.Decided) =>
                NoticeOutcome.NoAccess,
            // An open page showed it for a moment, and closed.
            { IsSuspended: true } => reader.CanReach ? NoticeOutcome.Waiting : NoticeOutcome.Bounced,
            _ when notice.IsRead => NoticeOutcome.Read,
            _ when notice.IsBlocked || notice.MutedUntil > now => NoticeOutcome.Muted,
            // Seen later than now is from before the clock was set back.
            _ when notice.ShownAt is not null || (reader.SeenAt >= notice.At && reader.SeenAt <= now) =>
                NoticeOutcome.SeenHere,
            _ when reader.Off.HasFlag(notice.Kind.Subject()) => NoticeOutcome.Preference,
            { CanReach: false } => NoticeOutcome.Bounced,
            _ => NoticeOutcome.Waiting,
        };

    /// <summary>When the next mail may go at the earliest.</summary>
    public static DateTime NextMail(NoticeReader reader) =>
        reader is { MailedAt: { } last, MailsInVain: > 0 and var times } && !(reader.SeenAt > last)
            ? last + Pauses[Math.Min(times, Pauses.Length) - 1]
            : reader.MailedAt + Pauses[0] ?? DateTime.MinValue;
}
