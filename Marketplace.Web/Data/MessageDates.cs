using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>
/// Where a time is in a room. In a room time never falls, so the place is found by halving, in one statement, on the index
/// of places: an index of times would cost each message.
/// </summary>
internal static class MessageDates
{
    /// <summary>The first place at or after the time; one above the last place if all are before it.</summary>
    public static Task<long> SeqAtAsync(MarketplaceDbContext db, long roomId, DateTime time)
    {
        // The two dialects differ in one word, and everything in between is ours.
        var sql = db is SqliteMarketplaceDbContext ? "WITH RECURSIVE" + Halving : "WITH" + Halving;
#pragma warning disable EF1002, EF1003
        return db.Database.SqlQueryRaw<long>(sql, roomId, time).AsAsyncEnumerable().SingleOrDefaultAsync().AsTask();
#pragma warning restore EF1002, EF1003
    }

    private const string Halving = """
         Half (Low, High) AS (
            SELECT FirstSeq, LastSeq + 1 FROM Rooms WHERE Id = {0}
            UNION ALL
            SELECT CASE WHEN m.SentAt < {1} THEN m.Seq + 1 ELSE h.Low END,
                   CASE WHEN m.SentAt < {1} THEN h.High ELSE m.Seq END
            FROM Half AS h JOIN Messages AS m ON m.RoomId = {0} AND m.Seq = (h.Low + h.High) / 2
            WHERE h.Low < h.High
        )
        SELECT Low AS Value FROM Half WHERE Low >= High
        """;
}
