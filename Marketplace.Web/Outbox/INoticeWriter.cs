using Marketplace.Web.Data;

namespace Marketplace.Web.Outbox;

/// <summary>Adds notices in the caller's transaction, and what is to be told of them to the outbox.</summary>
public interface INoticeWriter
{
    /// <summary>Call <see cref="OutboxSignal.Wake"/> after the commit.</summary>
    Task AddAsync(MarketplaceDbContext db, IReadOnlyList<Notice> notices);
}
