using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

public sealed class ProtectionKey
{
    public long Id { get; set; }
    public required string Xml { get; set; }
}

/// <summary>Stores the Data Protection keys, so that sign-ins survive restarts and work on every node.</summary>
internal sealed class ProtectionKeyRepository(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions
) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.CreateDbContext();
        return [.. db.ProtectionKeys.AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    // The framework's interface is synchronous; a key is stored about every 90 days.
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() =>
                transactions.InTransactionAsync(db =>
                {
                    db.ProtectionKeys.Add(new ProtectionKey { Xml = element.ToString(SaveOptions.DisableFormatting) });
                    return Task.FromResult(true);
                })
            )
            .GetAwaiter()
            .GetResult();
}
