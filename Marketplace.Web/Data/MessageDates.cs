using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>Bisects by seq, as times never fall within a room: an index on times would cost every insert.</summary>
internal static class MessageDates
{
    /// <summary>The first seq at or after the time; the last seq plus one if all are before it.</summary>
    public static Task<long> SeqAtAsync(MarketplaceDbContext db, long roomId, DateTime time)
    {
        // The dialects differ in one keyword; no outside text enters the SQL.
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
