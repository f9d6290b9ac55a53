using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Files;

public enum FileState
{
    /// <summary>Unclaimed: readable by its owner only, swept after a day.</summary>
    Pending,

    /// <summary>Part of a listing: readable by everybody.</summary>
    Attached,

    /// <summary>Part of a message: the feature that claimed it authorises readers.</summary>
    Private,

    /// <summary>Was part of a deleted message: readable by nobody, swept with its day's quota.</summary>
    Removed,

    /// <summary>Part of a message that the administration hides: readable by nobody, kept for when it is shown again.</summary>
    Hidden,

    /// <summary>Part of a report: kept as evidence, whatever its owner wants; whoever authorises its readers is the report.</summary>
    Evidence,
}

public sealed class StoredFile
{
    public long Id { get; set; }

    public Guid Name { get; set; }
    public long OwnerId { get; set; }

    /// <summary>Detected from the content, never taken from the sender.</summary>
    public required string ContentType { get; set; }
    public long Size { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public FileState State { get; set; }

    /// <summary>The key of the feature that claimed it as private, such as the room's id; it stays when the file is removed.</summary>
    public long? Scope { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> file)
    {
        file.ToTable("Files");
        file.Property(f => f.ContentType).HasMaxLength(40);
        file.HasIndex(f => f.Name).IsUnique();
        file.HasIndex(f => new { f.State, f.CreatedAt });
    }
}
