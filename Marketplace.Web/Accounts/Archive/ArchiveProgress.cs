namespace Marketplace.Web.Accounts.Archive;

/// <summary>How far an archive is, by the number of its entries.</summary>
public sealed class ArchiveProgress
{
    private int expected = 1;
    private int written;

    /// <summary>Below 100 until the archive is whole.</summary>
    public int Percent => (int)Math.Min(99, 100L * written / expected);

    /// <summary>Counted before: what comes meanwhile makes little difference.</summary>
    public void Expect(int entries) => expected += entries;

    public void Wrote() => written++;
}
