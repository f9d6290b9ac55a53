using Marketplace.Web.Shared;

namespace Marketplace.Web.Outbox;

/// <param name="IsOn"><c>Notices:Enabled</c>: whether messages leave notices; off for measurements.</param>
/// <param name="MailAfter"><c>Notices:MailAfter</c>, in minutes: how long something stays unread before a mail tells of it.</param>
public sealed record NoticeSettings(bool IsOn, TimeSpan MailAfter)
{
    /// <summary>Who has the room in view reads it within this, and needs no push message.</summary>
    public static readonly TimeSpan PushAfter = TimeSpan.FromSeconds(2);

    private const int UsualMinutes = 10;

    public static NoticeSettings Of(IConfiguration configuration) =>
        new(
            configuration.Flag("Notices:Enabled", fallback: true),
            TimeSpan.FromMinutes(configuration.Number("Notices:MailAfter", UsualMinutes, 1, 10_080))
        );
}
