using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Data;

/// <summary>Which node does a job that one does at a time, or did last. The row stays.</summary>
public sealed class Lease
{
    public const int MaxJobLength = 40;
    public const int MaxHolderLength = 100;

    public required string Job { get; set; }

    /// <summary>Says where the node runs, and differs in each run.</summary>
    public required string Holder { get; set; }

    /// <summary>Differs each time, so that no node takes over from itself.</summary>
    public Guid HoldId { get; set; }

    /// <summary>UTC. From then on whoever comes may have it.</summary>
    public DateTime Until { get; set; }
}

/// <param name="Until">UTC; not after now if nobody does the job.</param>
public sealed record LeaseView(string Job, string Holder, DateTime Until);

internal static class LeaseQueries
{
    public static IQueryable<Lease> Of(MarketplaceDbContext db, string job) =>
        db.Leases.Where(lease => lease.Job == job);

    /// <param name="far">A lease that ends after it is of a clock that was set back.</param>
    public static IQueryable<Lease> Free(MarketplaceDbContext db, string job, DateTime now, DateTime far) =>
        Of(db, job).Where(lease => lease.Until <= now || lease.Until > far);

    public static IQueryable<Lease> Held(MarketplaceDbContext db, string job, Guid hold) =>
        Of(db, job).Where(lease => lease.HoldId == hold);

    public static IQueryable<LeaseView> All(MarketplaceDbContext db) =>
        db.Leases.OrderBy(lease => lease.Job).Select(lease => new LeaseView(lease.Job, lease.Holder, lease.Until));
}

internal sealed class LeaseConfiguration : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> lease)
    {
        lease.ToTable("Leases");
        lease.HasKey(l => l.Job);
        lease.Property(l => l.Job).HasMaxLength(Lease.MaxJobLength);
        lease.Property(l => l.Holder).HasMaxLength(Lease.MaxHolderLength);
    }
}
