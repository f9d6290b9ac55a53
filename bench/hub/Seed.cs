using Microsoft.Data.Sqlite;

namespace Marketplace.Bench.Hub;

/// <summary>Gives a migrated database its people and rooms: room n is of the people 2n - 1 (buys) and 2n (sells).</summary>
internal static class Seed
{
    /// <summary>Ids of the people begin above this one; the administrator came before.</summary>
    public const int Offset = 1_000;

    public static string Email(int person) => $"p{person}@bench.local";

    public static void Fill(string file, int rooms)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own words.
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
            SELECT (SellerId - {Offset}) / 2, Id, SellerId - 1, SellerId, CreatedAt, 1, 0, 0, 0, '', 0, 0
            FROM Listings WHERE SellerId > {Offset};
            INSERT OR IGNORE INTO Memberships (RoomId, UserId, Place, OthersCount, ReadSeq, OthersRead)
            SELECT Id, BuyerId, 1, 0, 0, 0 FROM Rooms WHERE BuyerId > {Offset}
            UNION ALL SELECT Id, SellerId, 0, 0, 0, 0 FROM Rooms WHERE SellerId > {Offset};
            COMMIT;
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
