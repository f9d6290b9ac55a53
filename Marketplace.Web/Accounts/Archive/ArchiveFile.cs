using Marketplace.Web.Files;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Archives lie beside the uploads, in a folder of which no address leads to a file.</summary>
internal static class ArchiveFile
{
    public const string Folder = "archives";

    public static FileName Of(Guid name) => new(name, Folder);
}
