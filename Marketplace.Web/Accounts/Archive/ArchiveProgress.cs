namespace Marketplace.Web.Accounts.Archive;

/// <summary>How far an archive is: each feature counts alike, and within it each of its entries.</summary>
public sealed class ArchiveProgress
{
    private int part;
    private int parts = 1;
    private int expected = 1;
    private int written;

    /// <summary>Below 100 until the archive is whole.</summary>
    public int Percent => (int)Math.Min(99, 100 * (part + Math.Min(1, (double)written / expected)) / parts);

    public void Begin(int nextPart, int of) => (part, parts, expected, written) = (nextPart, of, 1, 0);

    public void Expect(int entries) => (expected, written) = (Math.Max(1, entries), 0);

    public void Wrote() => written++;
}
