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

    /// <summary>A favourite costs less. Not of a room.</summary>
    PriceDropped,

    /// <summary>The person's account, by the administration. Neither of a room nor of a listing.</summary>
    Suspended,
    Reinstated,
    AdministratorGranted,
    AdministratorRevoked,
    AuditorGranted,
    AuditorRevoked,

    /// <summary>A room of the person, closed or opened again by the administration; see <see cref="NoticeAct"/>.</summary>
    RoomLocked,
    RoomUnlocked,

    /// <summary>Of a report: for the reporter, and for the person decided on. Which one is in the data.</summary>
    ReportDecided,
    Decided,

    /// <summary>The administration writes into a room of the person.</summary>
    Administration,

    /// <summary>What became of the archive of their data that the person asked for.</summary>
    ArchiveReady,
    ArchiveFailed,

    /// <summary>What became of a deal in a room.</summary>
    Deal,
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

    /// <summary>No device of the person gets push messages.</summary>
    NoDevice,

    /// <summary>It waits until the person's quiet hours are over. For screens: stored as waiting.</summary>
    QuietHours,
}

/// <summary>Something that a person is to be told of, added in the transaction in which it happened. Times are UTC.</summary>
public sealed class Notice
{
    /// <summary>How long the list of notices goes back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public const int MaxDataLength = 1_000;

    public long Id { get; set; }
    public long PersonId { get; set; }
    public NoticeKind Kind { get; set; }

    /// <summary>Null if it did not happen in a room.</summary>
    public long? RoomId { get; set; }
    public long? ListingId { get; set; }

    /// <summary>Of the message that tells of it; 0 outside rooms.</summary>
    public long Seq { get; set; }

    /// <summary>What the sentence needs besides, as JSON, such as prices.</summary>
    public string? Data { get; set; }
    public DateTime At { get; set; }

    /// <summary>When a page that the person looked at showed it.</summary>
    public DateTime? ShownAt { get; set; }

    /// <summary>Outside rooms only: in a room, it is read with its message.</summary>
    public DateTime? ReadAt { get; set; }
    public NoticeOutcome Mail { get; set; }

    /// <summary>When the outcome was decided.</summary>
    public DateTime? MailAt { get; set; }

    /// <summary>Sent as soon as one device has it.</summary>
    public NoticeOutcome Push { get; set; }
    public DateTime? PushAt { get; set; }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("Notices");
        notice.Property(n => n.Data).HasMaxLength(Notice.MaxDataLength);
        notice.HasIndex(n => new { n.PersonId, n.Id });
    }
}
