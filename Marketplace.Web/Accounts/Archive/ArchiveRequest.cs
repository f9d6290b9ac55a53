using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Stored as a number: append only.</summary>
public enum ArchiveState
{
    Queued,
    Preparing,
    Ready,
    Failed,
}

/// <summary>That a person wants all that is theirs, and what became of it: at most one of each. Times are UTC.</summary>
public sealed class ArchiveRequest
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public ArchiveState State { get; set; }
    public DateTime AskedAt { get; set; }
    public int Percent { get; set; }

    /// <summary>How often it was begun, the present time included.</summary>
    public int Attempts { get; set; }

    /// <summary>The file's name. Each attempt has its own, so that it also says whose the request is.</summary>
    public Guid? File { get; set; }
    public long Size { get; set; }

    /// <summary>A process that is silent for so long was killed, and another begins again.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>When it is removed, and its file with it.</summary>
    public DateTime EndsAt { get; set; }
}

internal sealed class ArchiveRequestConfiguration : IEntityTypeConfiguration<ArchiveRequest>
{
    public void Configure(EntityTypeBuilder<ArchiveRequest> request)
    {
        request.ToTable("ArchiveRequests");
        request.HasIndex(r => new { r.State, r.Id });
        request.HasIndex(r => r.EndsAt);
        request.HasOne<User>().WithOne().HasForeignKey<ArchiveRequest>(r => r.UserId);
    }
}
