using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Web.Data.Migrations;

/// <summary>Counts what was written before messages carried their counts; the same on both databases.</summary>
internal static class MessageCounts
{
    public static void Fill(MigrationBuilder migration)
    {
        migration.Sql(
            """
            UPDATE Messages SET FromBuyer = counted.FromBuyer, FromSeller = counted.FromSeller
            FROM (
                SELECT m.Id,
                    SUM(CASE WHEN m.SenderId = r.BuyerId THEN 1 ELSE 0 END) OVER (PARTITION BY m.RoomId ORDER BY m.Seq) AS FromBuyer,
                    SUM(CASE WHEN m.SenderId = r.SellerId THEN 1 ELSE 0 END) OVER (PARTITION BY m.RoomId ORDER BY m.Seq) AS FromSeller
                FROM Messages AS m JOIN Rooms AS r ON r.Id = m.RoomId
            ) AS counted
            WHERE counted.Id = Messages.Id
            """
        );
        migration.Sql(
            """
            UPDATE Rooms SET
                FromBuyer = coalesce((SELECT MAX(m.FromBuyer) FROM Messages AS m WHERE m.RoomId = Rooms.Id), 0),
                FromSeller = coalesce((SELECT MAX(m.FromSeller) FROM Messages AS m WHERE m.RoomId = Rooms.Id), 0)
            """
        );
        migration.Sql(
            """
            UPDATE Memberships SET
                OthersCount = (
                    SELECT r.LastSeq - CASE WHEN r.BuyerId = Memberships.UserId THEN r.FromBuyer ELSE r.FromSeller END
                    FROM Rooms AS r WHERE r.Id = Memberships.RoomId
                ),
                OthersRead = coalesce((
                    SELECT m.Seq - CASE WHEN r.BuyerId = Memberships.UserId THEN m.FromBuyer ELSE m.FromSeller END
                    FROM Messages AS m JOIN Rooms AS r ON r.Id = m.RoomId
                    WHERE m.RoomId = Memberships.RoomId AND m.Seq = Memberships.ReadSeq
                ), 0)
            """
        );
    }
}
