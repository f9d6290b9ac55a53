using Marketplace.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What is reported. Stored as a number: append only.</summary>
public enum ReportKind
{
    Message,
    Room,
    Person,
    Listing,
}

/// <summary>Stored as a number: append only.</summary>
public enum ReportReason
{
    OutsidePayment,
    Scam,
    Threat,
    Offence,
    Prohibited,
    Counterfeit,
    Impersonation,
    PersonalData,
    Spam,
    NoShow,
    Other,
}

/// <summary>Which report to look at first. Stored as a number, and queues are in its order.</summary>
public enum ReportPriority
{
    Urgent,
    Medium,
    Normal,
}

/// <summary>Stored as a number: append only.</summary>
public enum ReportState
{
    Open,
    Decided,

    /// <summary>The person decided on objects, and somebody else looks again.</summary>
    Objected,
}

/// <summary>Somebody tells the administration of something. Times are UTC.</summary>
public sealed class Report
{
    public const int MaxTextLength = 1_000;
    public const int MaxTargetLength = 60;

    public long Id { get; set; }
    public long ReporterId { get; set; }

    /// <summary>The person whom it is about.</summary>
    public long PersonId { get; set; }
    public ReportKind Kind { get; set; }
    public long? RoomId { get; set; }
    public long? Seq { get; set; }

    /// <summary>Nobody reported it: the administrator who is named as reporter saw it and decided at once.</summary>
    public bool IsOwnInitiative { get; set; }
    public long? ListingId { get; set; }

    /// <summary>What is reported, until it is decided: nobody has two open reports of the same thing.</summary>
    public string? OpenTarget { get; set; }
    public ReportReason Reason { get; set; }
    public ReportPriority Priority { get; set; }
    public string? Text { get; set; }

    /// <summary>As it was at the time of the report, as JSON; null once it is erased.</summary>
    public string? Evidence { get; set; }

    /// <summary>SHA-256 of <see cref="Evidence"/> in UTF-8.</summary>
    public byte[] EvidenceHash { get; set; } = [];
    public ReportState State { get; set; }
    public DateTime At { get; set; }

    /// <summary>The administrator who looks at it, until <see cref="HeldUntil"/>.</summary>
    public long? HolderId { get; set; }
    public DateTime? HeldUntil { get; set; }

    public string? Objection { get; set; }
    public DateTime? ObjectedAt { get; set; }
}

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>, IEntityTypeConfiguration<ReportDecision>
{
    private const int HashLength = 32;

    public void Configure(EntityTypeBuilder<Report> report)
    {
        report.ToTable("Reports");
        report.Property(r => r.OpenTarget).HasMaxLength(Report.MaxTargetLength);
        report.Property(r => r.Text).HasMaxLength(Report.MaxTextLength);
        report.Property(r => r.Objection).HasMaxLength(Report.MaxTextLength);
        report.Property(r => r.EvidenceHash).HasMaxLength(HashLength);
        report.HasOne<User>().WithMany().HasForeignKey(r => r.ReporterId).OnDelete(DeleteBehavior.Restrict);
        report.HasOne<User>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        report.HasIndex(r => new { r.ReporterId, r.OpenTarget }).IsUnique();
        report.HasIndex(r => new { r.PersonId, r.Id });
        report.HasIndex(r => new { r.RoomId, r.State });
        report.HasIndex(r => new
        {
            r.State,
            r.Priority,
            r.Id,
        });
    }

    public void Configure(EntityTypeBuilder<ReportDecision> decision)
    {
        decision.ToTable("ReportDecisions");
        decision.Property(d => d.ToReporter).HasMaxLength(ReportDecision.MaxTextLength);
        decision.Property(d => d.ToPerson).HasMaxLength(ReportDecision.MaxTextLength);
        decision.HasOne<Report>().WithMany().HasForeignKey(d => d.ReportId);
        decision.HasOne<User>().WithMany().HasForeignKey(d => d.DeciderId).OnDelete(DeleteBehavior.Restrict);
    }
}
