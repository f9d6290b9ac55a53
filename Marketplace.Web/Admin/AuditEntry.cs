using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin;

public enum AuditAction
{
    RoomOpened,
    AdministratorGranted,
    AdministratorRevoked,
    PersonSuspended,
    PersonReinstated,
    PictureOpened,
    AuditorGranted,
    AuditorRevoked,
    DeliveryOpened,
}

/// <summary>An administrator's action. Written before it takes effect; never changed or deleted.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public long AdministratorId { get; set; }
    public AuditAction Action { get; set; }
    public long? RoomId { get; set; }
    public long? PersonId { get; set; }
    public DateTime At { get; set; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("AuditEntries");
        entry.HasIndex(e => new { e.RoomId, e.Id });
    }
}
