using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>Finds where a day begins among rows whose times rise with their ids: an index on times would cost every insert.</summary>
internal static class Days
{
    /// <summary>An id up to which all rows are older, and from which none is; the end if all are older.</summary>
    /// <param name="least">One up to which all are known to be older.</param>
    public static async Task<long> FirstAsync(
        IQueryable<DatedRow> rows,
        DateTime at,
        long least,
        CancellationToken cancellation
    )
    {
        var last = await rows.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);
        var (low, high) = (least, last is null ? least : Math.Max(least, last.Id + 1));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var row = await rows.Where(one => one.Id >= middle).OrderBy(one => one.Id).FirstAsync(cancellation);
            (low, high) = row.At < at ? (row.Id + 1, high) : (low, middle);
        }
        return low;
    }
}
