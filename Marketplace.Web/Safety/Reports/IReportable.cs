using Marketplace.Web.Data;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What a person may report; implemented by those who own it, in layers above.</summary>
public interface IReportable
{
    /// <summary>Null if it is not of this feature, not there, or not for the reader to see.</summary>
    Task<Reported?> FindAsync(MarketplaceDbContext db, ReportTarget target, long readerId);
}

/// <param name="PersonId">Whom a report of it is about.</param>
/// <param name="Excerpt">Its words or title, so that the reader sees what they report.</param>
public sealed record Reported(
    long PersonId,
    string PersonName,
    string? Excerpt,
    ReportEvidence Evidence,
    long? ListingId = null
);
