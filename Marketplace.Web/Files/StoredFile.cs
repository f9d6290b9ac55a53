using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Files;

public enum FileState
{
    /// <summary>Uploaded, claimed by nothing yet: only its owner reads it, and it is swept after a day.</summary>
    Pending,

    /// <summary>Part of a listing: everybody reads it.</summary>
    Attached,

    /// <summary>Part of a message: who reads it, the feature that claimed it knows.</summary>
    Private,
}

/// <summary>A file that somebody gave us: its facts are here, its bytes in the <see cref="FileStore"/>'s folder.</summary>
public sealed class StoredFile
{
    public long Id { get; set; }

    /// <summary>The random name, on disk and in the address.</summary>
    public Guid Name { get; set; }
    public long OwnerId { get; set; }

    /// <summary>By its content, never by what the sender said.</summary>
    public required string ContentType { get; set; }
    public long Size { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public FileState State { get; set; }

    /// <summary>Of a private file: what it is part of, such as a room, by the key of the feature that claimed it.</summary>
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
