using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Admin.Retention;

/// <summary>One round of the retention. Times are UTC.</summary>
public sealed class RetentionRun
{
    public long Id { get; set; }
    public DateTime StartedAt { get; set; }

    /// <summary>When it last said how far it is.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>Null while it runs, and of one that was broken off.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>What is older is taken away; null if it is kept for ever.</summary>
    public DateTime? MessagesBefore { get; set; }
    public DateTime? PicturesBefore { get; set; }
    public DateTime? EntriesBefore { get; set; }

    /// <summary>What was taken away so far.</summary>
    public long Messages { get; set; }
    public long Pictures { get; set; }
    public long Entries { get; set; }
}

internal sealed class RetentionRunConfiguration : IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RetentionRun> run) => run.ToTable("RetentionRuns");
}
