using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Outbox;

/// <summary>Stored as a number: append only.</summary>
public enum NoticeKind
{
    Message,
    Reserved,
    SoldHere,
    SoldElsewhere,
    Released,
}

/// <summary>What became of a notice on a channel. Stored as a number: append only.</summary>
public enum NoticeOutcome
{
    Waiting,
    Sent,

    /// <summary>The person had read it before it was due.</summary>
    Read,

    /// <summary>The person was on the site after it happened.</summary>
    SeenHere,
    Muted,

    /// <summary>The person wants none on this channel.</summary>
    Preference,

    /// <summary>The person is suspended or has closed the account.</summary>
    NoAccess,

    /// <summary>The address rejects mails, or there is none.</summary>
    Bounced,

    /// <summary>The site has no such channel.</summary>
    NoChannel,
    GivenUp,
}

/// <summary>Something in a room that a person is to be told of, added in the transaction in which it happened.</summary>
public sealed class Notice
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public NoticeKind Kind { get; set; }
    public long RoomId { get; set; }
    public long Seq { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
    public NoticeOutcome Mail { get; set; }

    /// <summary>When the outcome was decided (UTC).</summary>
    public DateTime? MailAt { get; set; }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("Notices");
        notice.HasIndex(n => new
        {
            n.PersonId,
            n.Mail,
            n.Id,
        });
    }
}
