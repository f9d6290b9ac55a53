using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>One Data Protection key, as the XML that the framework gave us.</summary>
public sealed class ProtectionKey
{
    public long Id { get; set; }
    public required string Xml { get; set; }
}

/// <summary>Keeps the Data Protection keys in the database, so that a restart or a second node keeps everyone signed in.</summary>
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

    // The framework's interface is synchronous; it stores a key once in some ninety days.
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
