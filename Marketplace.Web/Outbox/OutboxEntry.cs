using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Outbox;

/// <summary>
/// Something to tell, once it is due. Whoever makes it happen adds it in the same transaction; the dispatcher takes it
/// away when it has been told, or need not be.
/// </summary>
public sealed class OutboxEntry
{
    /// <summary>The kind of entries that stand for all notices of a person.</summary>
    public const string Notices = "notices";

    /// <summary>The kind of entries that stand for what a device is to be told of; the data is whose it is.</summary>
    public const string Push = "push";

    /// <summary>The kind of entries that wait for what is due of a room's deal.</summary>
    public const string Deal = "deal";

    /// <summary>The kind of entries that stand for a changed listing, which its deals follow.</summary>
    public const string Listing = "listing";

    public const int MaxKindLength = 20;
    public const int MaxKeyLength = 80;

    public long Id { get; set; }

    /// <summary>Names the <see cref="IOutboxWorker"/> that tells it.</summary>
    public required string Kind { get; set; }

    /// <summary>Unique among those of its kind that wait.</summary>
    public required string Key { get; set; }
    public string? Data { get; set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>How often it was taken, the present time included.</summary>
    public int Attempts { get; set; }

    /// <summary>Raised when something is added to what the entry stands for, so that no worker forgets it.</summary>
    public int Touched { get; set; }

    /// <summary>Whose it is until <see cref="LeasedUntil"/> (UTC); null while it waits.</summary>
    public Guid? LeaseId { get; set; }
    public DateTime? LeasedUntil { get; set; }

    public static string KeyOf(long id) => id.ToString(CultureInfo.InvariantCulture);
}

internal sealed class OutboxEntryConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> entry)
    {
        entry.ToTable("Outbox");
        entry.Property(e => e.Kind).HasMaxLength(OutboxEntry.MaxKindLength);
        entry.Property(e => e.Key).HasMaxLength(OutboxEntry.MaxKeyLength);
        entry.HasIndex(e => new { e.Kind, e.Key }).IsUnique();
        entry.HasIndex(e => new { e.Kind, e.DueAt });
        entry.HasIndex(e => e.LeaseId);
    }
}
