using Microsoft.Data.Sqlite;

namespace Marketplace.Bench.Hub;

/// <summary>Fills a migrated database with people and rooms: room n has buyer 2n - 1 and seller 2n.</summary>
internal static class Seed
{
    /// <summary>The people's ids begin above this one, after the administrator's.</summary>
    public const int Offset = 1_000;

    private const string Talk =
        "Hola, ¿sigue disponible la bicicleta? Podemos quedar mañana por la tarde en la estación.";

    public static string Email(int person) => $"p{person}@bench.local";

    /// <param name="ofOne">Whether person 1 is the buyer in all rooms.</param>
    public static void Fill(string file, int rooms, int messages, bool ofOne)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // No user input.
        command.CommandText = $"""
            BEGIN;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {2 * rooms})
            INSERT OR IGNORE INTO AspNetUsers (Id, DisplayName, NameKey, UserName, NormalizedUserName, Email, NormalizedEmail,
                EmailConfirmed, PasswordHash, SecurityStamp, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled,
                AccessFailedCount, JoinedAt)
            SELECT {Offset} + i, 'Persona ' || i, 'persona ' || i, 'p' || i || '@bench.local', 'P' || i || '@BENCH.LOCAL',
                'p' || i || '@bench.local', 'P' || i || '@BENCH.LOCAL', 1, (SELECT PasswordHash FROM AspNetUsers ORDER BY Id LIMIT 1),
                'bench' || i, 0, 0, 1, 0, '2026-01-01 00:00:00' FROM n;
            INSERT OR IGNORE INTO Listings (Id, SellerId, Title, Description, Price, Currency, Category, Place, PlaceKey, State,
                CreatedAt, ChangedAt, OnSale)
            SELECT {Offset} + Id / 2, Id, 'Bicicleta', 'Casi nueva.', 18000, 'EUR', 0, 'Madrid', 'madrid', 0,
                '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1
            FROM (SELECT Id FROM AspNetUsers WHERE Id > {Offset} AND Id % 2 = 0);
            INSERT OR IGNORE INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId,
                LastPreview, FromBuyer, FromSeller)
            SELECT (SellerId - {Offset}) / 2, Id, {(
                ofOne ? $"{Offset + 1}" : "SellerId - 1"
            )}, SellerId, CreatedAt, 1, {messages}, {messages},
                0, '{(messages > 0 ? Talk : "")}', {messages}, 0
            FROM Listings WHERE SellerId > {Offset};
            INSERT OR IGNORE INTO Memberships (RoomId, UserId, Place, OthersCount, ReadSeq, OthersRead, ArchivedPlace, IsMarked, IsPinned)
            SELECT Id, BuyerId, 1, 0, 0, 0, 0, 0, 0 FROM Rooms WHERE BuyerId > {Offset}
            UNION ALL SELECT Id, SellerId, 0, 0, 0, 0, 0, 0, 0 FROM Rooms WHERE SellerId > {Offset};
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {messages})
            INSERT INTO Messages (RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller, IsChanged)
            SELECT r.Id, i, i, r.BuyerId, unhex(printf('%016x%016x', i, r.Id)), 0, '{Talk}', '2026-03-04 05:06:07', i, 0, 0
            FROM n, Rooms AS r WHERE r.LastSeq > 0;
            UPDATE Rooms SET LastMessageId = m.Id, LastSenderId = BuyerId, LastAt = m.SentAt
            FROM Messages AS m WHERE m.RoomId = Rooms.Id AND m.Seq = Rooms.LastSeq;
            UPDATE Memberships SET Place = r.LastMessageId FROM Rooms AS r WHERE r.Id = Memberships.RoomId AND r.LastSeq > 0;
            COMMIT;
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
