using Marketplace.Web.Data;

namespace Marketplace.Web.Files;

/// <summary>Files that nobody owns any more and that stay nevertheless; implemented by the chat, layers above.</summary>
public interface IKeptFiles
{
    /// <summary>Those of these files that are not to be swept.</summary>
    Task<IReadOnlySet<Guid>> AmongAsync(
        MarketplaceDbContext db,
        IReadOnlyList<UnownedFile> files,
        CancellationToken cancellation
    );
}

/// <param name="Scope">Of the feature that claimed it, such as the room's id.</param>
public sealed record UnownedFile(Guid Name, long? Scope);
