using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Notifications;

/// <summary>What a person wants to be told of away from the site. Without a row, everything.</summary>
public sealed class NotificationPreference
{
    public long UserId { get; set; }
    public bool NoMail { get; set; }

    /// <summary>When the last mail of unread messages went (UTC).</summary>
    public DateTime? MailedAt { get; set; }

    /// <summary>How many such mails went since the person was last on the site.</summary>
    public int MailsInVain { get; set; }
}

internal sealed class NotificationPreferenceConfiguration : IEntityTypeConfiguration<NotificationPreference>
{
    public void Configure(EntityTypeBuilder<NotificationPreference> preference)
    {
        preference.ToTable("NotificationPreferences");
        preference.HasKey(p => p.UserId);
        preference.Property(p => p.UserId).ValueGeneratedNever();
        preference.HasOne<User>().WithOne().HasForeignKey<NotificationPreference>(p => p.UserId);
    }
}
