using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;

namespace Marketplace.Tests.Notifications;

public sealed class NoticeRulesTests
{
    private static readonly DateTime Now = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);

    private static readonly WaitingNotice Unread = new(
        Id: 1,
        NoticeKind.Message,
        RoomId: 2,
        Seq: 5,
        At: Now.AddMinutes(-10),
        IsRead: false,
        ShownAt: null,
        MutedUntil: null,
        "Bruno",
        ListingId: 3,
        "Bicicleta",
        Data: null
    );

    private static readonly WaitingNotice Suspended = Unread with
    {
        Kind = NoticeKind.Suspended,
        RoomId = null,
        ListingId = null,
    };

    private static readonly NoticeReader Away = new(
        IsSuspended: false,
        IsClosed: false,
        NoticeSubjects.None,
        CanReach: true,
        SeenAt: Now.AddHours(-2),
        MailedAt: null,
        MailsInVain: 0
    );

    public static TheoryData<WaitingNotice, NoticeReader, NoticeOutcome> Cases =>
        new()
        {
            { Unread, Away, NoticeOutcome.Waiting },
            { Unread with { IsRead = true }, Away, NoticeOutcome.Read },
            { Unread with { MutedUntil = Now.AddSeconds(1) }, Away, NoticeOutcome.Muted },
            { Unread with { MutedUntil = Now }, Away, NoticeOutcome.Waiting },
            { Unread with { IsBlocked = true }, Away, NoticeOutcome.Muted },
            { Unread, Away with { SeenAt = Unread.At }, NoticeOutcome.SeenHere },
            // From before the clock was set back.
            { Unread, Away with { SeenAt = Now.AddMinutes(50) }, NoticeOutcome.Waiting },
            { Unread with { ShownAt = Unread.At }, Away, NoticeOutcome.SeenHere },
            { Unread, Away with { Off = NoticeSubjects.Deals }, NoticeOutcome.Waiting },
            { Unread, Away with { SeenAt = null }, NoticeOutcome.Waiting },
            { Unread, Away with { Off = NoticeSubjects.Messages }, NoticeOutcome.Preference },
            { Unread, Away with { CanReach = false }, NoticeOutcome.Bounced },
            { Unread, Away with { IsSuspended = true }, NoticeOutcome.NoAccess },
            { Unread, Away with { IsClosed = true }, NoticeOutcome.NoAccess },
            // That they are suspended is all that suspended people are told.
            { Suspended, Away with { IsSuspended = true }, NoticeOutcome.Waiting },
            { Suspended, Away with { IsSuspended = true, IsClosed = true }, NoticeOutcome.NoAccess },
            { Suspended, Away with { Off = NoticeSubjects.Moderation }, NoticeOutcome.Preference },
            // Who has read it needs no other reason.
            { Unread with { IsRead = true }, Away with { Off = NoticeSubjects.All }, NoticeOutcome.Read },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mail_goes_only_to_who_would_miss_something(
        WaitingNotice notice,
        NoticeReader reader,
        NoticeOutcome outcome
    ) => Assert.Equal(outcome, NoticeRules.Decide(notice, reader, Now));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 24)]
    [InlineData(30, 24)]
    public void Who_never_comes_gets_fewer_mails(int inVain, int hours) =>
        Assert.Equal(
            Now.AddHours(hours),
            NoticeRules.NextMail(Away with { SeenAt = Now.AddHours(-9), MailedAt = Now, MailsInVain = inVain })
        );

    [Fact]
    public void Who_has_come_since_the_last_mail_waits_an_hour_for_the_next() =>
        Assert.Equal(
            Now.AddHours(1),
            NoticeRules.NextMail(Away with { SeenAt = Now.AddMinutes(1), MailedAt = Now, MailsInVain = 3 })
        );

    [Fact]
    public void The_first_mail_waits_for_nothing() => Assert.True(NoticeRules.NextMail(Away) < Now);
}
