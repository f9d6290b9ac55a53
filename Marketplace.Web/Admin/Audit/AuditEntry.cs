using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin.Audit;

/// <summary>
/// What an administrator or auditor looked at or did. Written in the transaction of what it records; triggers refuse to
/// change it, and to delete what no <see cref="AuditCut"/> covers.
/// </summary>
public sealed class AuditEntry
{
    public const int MaxAddressLength = 45;

    public long Id { get; set; }

    /// <summary>Its place in the chain, from 1 without a hole; 0 for what older versions wrote, until it is chained.</summary>
    public long Number { get; set; }

    /// <summary>Who: an administrator, or an auditor.</summary>
    public long AdministratorId { get; set; }
    public AuditAction Action { get; set; }
    public bool IsRefused { get; set; }
    public LookReason? Reason { get; set; }
    public long? RoomId { get; set; }
    public long? PersonId { get; set; }
    public long? ListingId { get; set; }
    public long? Seq { get; set; }

    /// <summary>Of its <see cref="AuditText"/>; see <see cref="AuditChain.Commit"/>.</summary>
    public byte[]? Commitment { get; set; }

    /// <summary>From where; null if it is unknown.</summary>
    public string? Address { get; set; }
    public Guid? SessionId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>See <see cref="AuditChain.Hash"/>.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary>Words that an entry holds a commitment to. Erasing them leaves the chain whole.</summary>
public sealed class AuditText
{
    public const int MaxLength = 1_000;

    public long EntryId { get; set; }
    public byte[] Salt { get; set; } = [];
    public string Text { get; set; } = "";
}

/// <summary>The end of the chain, one row. Whoever appends holds it until the transaction ends.</summary>
public sealed class AuditHead
{
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public long Size { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>
/// The last checkpoint of any node, one row, so that no other node writes it again. It proves nothing: whoever writes the
/// database writes it.
/// </summary>
public sealed class AuditMark
{
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public long Size { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}

internal sealed class AuditEntryConfiguration
    : IEntityTypeConfiguration<AuditEntry>,
        IEntityTypeConfiguration<AuditMark>,
        IEntityTypeConfiguration<AuditText>,
        IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        // Inserts must not ask for what triggers of SQL Server forbid.
        entry.ToTable("AuditEntries", table => table.HasTrigger("AuditEntriesStand"));
        entry.Property(e => e.Commitment).HasMaxLength(AuditChain.HashLength);
        entry.Property(e => e.Hash).HasMaxLength(AuditChain.HashLength);
        entry.Property(e => e.Address).HasMaxLength(AuditEntry.MaxAddressLength);
        entry.HasIndex(e => new { e.RoomId, e.Id });
        entry.HasIndex(e => new { e.AdministratorId, e.Id });
        entry.HasIndex(e => new { e.PersonId, e.Id });
    }

    public void Configure(EntityTypeBuilder<AuditText> text)
    {
        text.ToTable("AuditTexts");
        text.HasKey(t => t.EntryId);
        text.Property(t => t.EntryId).ValueGeneratedNever();
        text.Property(t => t.Salt).HasMaxLength(AuditChain.SaltLength);
        text.Property(t => t.Text).HasMaxLength(AuditText.MaxLength);
        text.HasOne<AuditEntry>().WithOne().HasForeignKey<AuditText>(t => t.EntryId);
    }

    public void Configure(EntityTypeBuilder<AuditHead> head)
    {
        head.ToTable("AuditHeads");
        head.Property(h => h.Id).ValueGeneratedNever();
        head.Property(h => h.Hash).HasMaxLength(AuditChain.HashLength);
        head.HasData(new AuditHead());
    }

    public void Configure(EntityTypeBuilder<AuditMark> mark)
    {
        mark.ToTable("AuditMarks");
        mark.Property(m => m.Id).ValueGeneratedNever();
        mark.HasData(new AuditMark());
    }
}
