using Marketplace.Web.Accounts;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Notifications;

/// <summary>What preferences speak of. Stored as bits: append only.</summary>
[Flags]
public enum NoticeSubjects
{
    None = 0,
    Messages = 1,
    Deals = 2,
    Favourites = 4,
    Moderation = 8,
    All = Messages | Deals | Favourites | Moderation,
}

/// <summary>Stored as bits: append only.</summary>
[Flags]
public enum WeekDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}

/// <summary>What a person wants to be told of, and where. A person without a row has what is set here.</summary>
public sealed class NotificationPreference
{
    public long UserId { get; set; }

    /// <summary>Of what no page shows anything besides the number.</summary>
    public NoticeSubjects OffHere { get; set; }
    public NoticeSubjects OffPush { get; set; } = NoticeSubjects.Favourites;
    public NoticeSubjects OffMail { get; set; } = NoticeSubjects.Favourites;

    /// <summary>Whether push messages show the first words.</summary>
    public bool ShowsWords { get; set; }

    public bool PlaysSound { get; set; }

    /// <summary>On which days quiet hours begin; none: there are no quiet hours.</summary>
    public WeekDays QuietDays { get; set; }

    /// <summary>In the person's zone. From a time to an earlier one, or the same, ends on the next day.</summary>
    public TimeOnly QuietFrom { get; set; } = new(22, 30);
    public TimeOnly QuietTo { get; set; } = new(8, 0);

    /// <summary>The language of mails and push messages; null: the one in which the person reads.</summary>
    public string? Culture { get; set; }

    /// <summary>When the last mail of unread messages went (UTC).</summary>
    public DateTime? MailedAt { get; set; }

    /// <summary>How many such mails went since the person was last on the site.</summary>
    public int MailsInVain { get; set; }
}

public static class NoticeKinds
{
    /// <summary>In the caller's transaction. The person must exist.</summary>
    internal static async Task<NotificationPreference> FindOrAddAsync(
        this DbSet<NotificationPreference> preferences,
        long userId
    ) => await preferences.FindAsync(userId) ?? preferences.Add(new() { UserId = userId }).Entity;

    public static NoticeSubjects Subject(this NoticeKind kind) =>
        kind switch
        {
            NoticeKind.Message => NoticeSubjects.Messages,
            NoticeKind.PriceDropped => NoticeSubjects.Favourites,
            NoticeKind.Reserved
            or NoticeKind.SoldHere
            or NoticeKind.SoldElsewhere
            or NoticeKind.Released
            or NoticeKind.Deal => NoticeSubjects.Deals,
            _ => NoticeSubjects.Moderation,
        };
}

internal sealed class NotificationPreferenceConfiguration : IEntityTypeConfiguration<NotificationPreference>
{
    public void Configure(EntityTypeBuilder<NotificationPreference> preference)
    {
        preference.ToTable("NotificationPreferences");
        preference.HasKey(p => p.UserId);
        preference.Property(p => p.UserId).ValueGeneratedNever();
        preference.Property(p => p.Culture).HasMaxLength(User.MaxCultureLength);
        preference.HasOne<User>().WithOne().HasForeignKey<NotificationPreference>(p => p.UserId);
    }
}
