using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>Whom a notice is for. Times are UTC.</summary>
/// <param name="HasAccess">False for who is suspended or has closed the account.</param>
/// <param name="SeenAt">When the person was last on the site, on any device.</param>
/// <param name="MailsInVain">How many mails went since then.</param>
public sealed record NoticeReader(
    bool HasAccess,
    bool WantsMail,
    bool HasAddress,
    DateTime? SeenAt,
    DateTime? MailedAt,
    int MailsInVain
);

/// <summary>A notice that waits, with what its reader has done in the room since.</summary>
public sealed record WaitingNotice(
    long Id,
    NoticeKind Kind,
    long RoomId,
    long Seq,
    DateTime At,
    long ReadSeq,
    DateTime? MutedUntil,
    string From,
    string Listing
);

/// <summary>Whether something is still worth a mail. Asked again at the moment of sending.</summary>
public static class NoticeRules
{
    /// <summary>How long to wait after one mail, after two, and after more that brought nobody here.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromDays(1)];

    public static NoticeOutcome Decide(WaitingNotice notice, NoticeReader reader, DateTime now) =>
        reader switch
        {
            { HasAccess: false } => NoticeOutcome.NoAccess,
            _ when notice.Seq <= notice.ReadSeq => NoticeOutcome.Read,
            _ when notice.MutedUntil > now => NoticeOutcome.Muted,
            _ when reader.SeenAt >= notice.At => NoticeOutcome.SeenHere,
            { WantsMail: false } => NoticeOutcome.Preference,
            { HasAddress: false } => NoticeOutcome.Bounced,
            _ => NoticeOutcome.Waiting,
        };

    /// <summary>When the next mail may go at the earliest.</summary>
    public static DateTime NextMail(NoticeReader reader) =>
        reader is { MailedAt: { } last, MailsInVain: > 0 and var times } && !(reader.SeenAt > last)
            ? last + Pauses[Math.Min(times, Pauses.Length) - 1]
            : reader.MailedAt + Pauses[0] ?? DateTime.MinValue;
}
