using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Marketplace.Bench.Store;

/// <summary>The amount of data. One seller has half of all rooms, and one room a fifth of all messages.</summary>
internal sealed record Size(int People, int Rooms, int Messages)
{
    public static readonly Size Small = new(20, 20, 1_000);
    public static readonly Size Large = new(5_000, 20_000, 5_000_000);
}

/// <summary>Fills an empty, migrated database; the product indexes the messages at its next start.</summary>
internal sealed class Seed(string file, Size size)
{
    public const string Stamp = "bench";

    /// <summary>Occurs in a third of all messages.</summary>
    public const string Common = "que";

    /// <summary>Occurs in one message of each long room.</summary>
    public const string Rare = "ornitorrinco";

    /// <summary>The seller of half of the rooms, and the administrator.</summary>
    public const long Seller = 1;
    public const long Administrator = 2;

    /// <summary>The buyer of the longest room and the buyer of one short room; neither has another room.</summary>
    public const long BuyerOfLongest = 3;
    public const long BuyerOfOne = 4;

    /// <summary>The people whose screens are measured.</summary>
    public static readonly long[] Readers = [Seller, Administrator, BuyerOfLongest, BuyerOfOne];
    public const long LongestRoom = 1;
    public const long ShortRoom = 2;

    private static readonly DateTime Start = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Vocabulary =
    [
        .. from stem in "hola sigue disponible bicicleta precio envío quedamos mañana tarde gracias recogida estación euros perfecto vale entonces vemos luego mide color estado nuevo usado funciona batería caja señal compra mesa silla lámpara".Split(
            ' '
        )
        from ending in new[] { "", "s", "ito", "illo", "ada", "mente", "ero", "azo" }
        select stem + ending,
    ];

    private readonly Random random = new(20261124);

    public async Task FillAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        Run(
            connection,
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF"
        );
        var indexes = DropIndexes(connection);
        Run(connection, "BEGIN");
        AddPeople(connection);
        AddRooms(connection);
        Run(connection, "COMMIT");
        AddMessages(connection);
        foreach (var sql in indexes)
            Run(connection, sql);
        Run(connection, "PRAGMA journal_mode=WAL");
    }

    private static List<string> DropIndexes(SqliteConnection connection)
    {
        var (names, create) = (new List<string>(), new List<string>());
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Messages' AND sql IS NOT NULL";
        using (var reader = command.ExecuteReader())
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
                create.Add(reader.GetString(1));
            }
        names.ForEach(name => Run(connection, $"DROP INDEX {name}"));
        return create;
    }

    private void AddPeople(SqliteConnection connection)
    {
        Run(
            connection,
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size.People})
            INSERT INTO AspNetUsers (Id, DisplayName, NameKey, UserName, NormalizedUserName, Email, NormalizedEmail,
                EmailConfirmed, SecurityStamp, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount, JoinedAt)
            SELECT i, 'Persona ' || i, 'persona ' || i, 'p' || i || '@bench.local', 'P' || i || '@BENCH.LOCAL',
                'p' || i || '@bench.local', 'P' || i || '@BENCH.LOCAL', 1, '{Stamp}', 0, 0, 1, 0, '2026-01-01 00:00:00' FROM n;
            INSERT INTO UserTerms (UserId, Term) SELECT Id, 'persona' FROM AspNetUsers WHERE Id <= {size.People};
            INSERT INTO UserTerms (UserId, Term) SELECT Id, CAST(Id AS TEXT) FROM AspNetUsers WHERE Id <= {size.People}
            """
        );
        Run(
            connection,
            $"""
            INSERT OR IGNORE INTO AspNetRoles (Name, NormalizedName) SELECT 'administrator', 'ADMINISTRATOR'
            WHERE NOT EXISTS (SELECT 1 FROM AspNetRoles WHERE Name = 'administrator');
            INSERT INTO AspNetUserRoles (UserId, RoleId) SELECT {Administrator}, Id FROM AspNetRoles WHERE Name = 'administrator';
            UPDATE AspNetUsers SET TwoFactorEnabled = 1 WHERE Id = {Administrator}
            """
        );
    }

    private void AddRooms(SqliteConnection connection) =>
        Run(
            connection,
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size.Rooms})
            INSERT INTO Listings (Id, SellerId, Title, Description, Price, Currency, Category, Place, PlaceKey, State, CreatedAt, ChangedAt, OnSale)
            SELECT i, CASE WHEN i % 2 = 1 OR i < 4 THEN {Seller} ELSE 5 + i % ({size.People} - 5) END, 'Bicicleta ' || i, 'Casi nueva.',
                18000, 'EUR', 0, 'Madrid', 'madrid', 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1 FROM n;
            INSERT INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId, LastPreview, FromBuyer, FromSeller)
            SELECT Id, Id, CASE Id WHEN {LongestRoom} THEN {BuyerOfLongest} WHEN {ShortRoom} THEN {BuyerOfOne}
                ELSE 5 + (Id + 1) % ({size.People} - 5) END, SellerId, CreatedAt, 1, 0, 0, 0, '', 0, 0 FROM Listings;
            """
        );

    private void AddMessages(SqliteConnection connection)
    {
        var rooms = new (long Buyer, long Seller, int Seq, int FromBuyer, long Sender, string Body, long Id)[
            size.Rooms + 1
        ];
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT Id, BuyerId, SellerId FROM Rooms";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                (rooms[reader.GetInt64(0)].Buyer, rooms[reader.GetInt64(0)].Seller) = (
                    reader.GetInt64(1),
                    reader.GetInt64(2)
                );
        }
        using var add = connection.CreateCommand();
        add.CommandText =
            "INSERT INTO Messages (Id, RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller, IsChanged) "
            + "VALUES ($a, $b, $c, $c, $d, $e, 0, $f, $g, $h, $c - $h, 0)";
        foreach (var name in "abcdefgh")
            add.Parameters.Add(new SqliteParameter($"${name}", null));
        Run(connection, "BEGIN");
        for (var id = 1; id <= size.Messages; id++)
        {
            // Each room gets one message first; then a fifth goes to the longest.
            var roomId =
                id <= size.Rooms ? id
                : random.Next(5) == 0 ? (int)LongestRoom
                : 1 + random.Next(size.Rooms);
            ref var room = ref rooms[roomId];
            room.Seq++;
            room.Id = id;
            room.Sender = random.Next(2) == 0 ? room.Buyer : room.Seller;
            room.FromBuyer += room.Sender == room.Buyer ? 1 : 0;
            room.Body = Body(room.Seq);
            object[] values =
            [
                id,
                roomId,
                room.Seq,
                room.Sender,
                Guid.CreateVersion7().ToByteArray(true),
                room.Body,
                SentAt(id),
                room.FromBuyer,
            ];
            for (var i = 0; i < values.Length; i++)
                add.Parameters[i].Value = values[i];
            add.ExecuteNonQuery();
        }
        using var save = connection.CreateCommand();
        save.CommandText =
            "UPDATE Rooms SET LastSeq = $s, Rev = $s, LastMessageId = $i, LastSenderId = $w, LastPreview = $b, LastAt = $t, FromBuyer = $f, FromSeller = $s - $f WHERE Id = $r; "
            + "INSERT INTO Memberships (RoomId, UserId, Place, OthersCount, ReadSeq, OthersRead, ArchivedPlace, IsMarked, IsPinned) VALUES ($r, $x, $i, $s - $f, 0, 0, 0, 0, 0), ($r, $y, $i, $f, 0, 0, 0, 0, 0);";
        foreach (var name in new[] { "$r", "$s", "$i", "$w", "$b", "$t", "$f", "$x", "$y" })
            save.Parameters.Add(new SqliteParameter(name, null));
        for (var id = 1; id <= size.Rooms; id++)
        {
            var room = rooms[id];
            object[] values =
            [
                id,
                room.Seq,
                room.Id,
                room.Sender,
                room.Body,
                SentAt(room.Id),
                room.FromBuyer,
                room.Buyer,
                room.Seller,
            ];
            for (var i = 0; i < values.Length; i++)
                save.Parameters[i].Value = values[i];
            save.ExecuteNonQuery();
        }
        // Both people have read two of three rooms, and half of the longest.
        Run(connection, "CREATE INDEX Seeding ON Messages (RoomId, Seq)");
        Run(
            connection,
            $"""
            UPDATE Memberships SET ReadSeq = r.Seen,
                OthersRead = r.Seen - CASE WHEN Memberships.UserId = r.BuyerId THEN m.FromBuyer ELSE m.FromSeller END
            FROM (SELECT Id, BuyerId, CASE WHEN Id = {LongestRoom} THEN LastSeq / 2 ELSE LastSeq END AS Seen FROM Rooms) AS r,
                Messages AS m
            WHERE r.Id = Memberships.RoomId AND r.Id % 3 <> 2 AND m.RoomId = r.Id AND m.Seq = r.Seen
            """
        );
        Run(connection, "DROP INDEX Seeding");
        Run(connection, "UPDATE Rooms SET Risk = 1, RiskRule = 0, RiskSeq = LastSeq WHERE Id % 100 = 0");
        Run(connection, "UPDATE Listings SET State = 1 WHERE Id % 50 = 0");
        Run(connection, "COMMIT");
    }

    private string Body(int seq)
    {
        var words = new string[14 + random.Next(6)];
        for (var i = 0; i < words.Length; i++)
            words[i] = Vocabulary[random.Next(Vocabulary.Length)];
        if (random.Next(3) == 0)
            words[random.Next(words.Length)] = Common;
        if (seq == 100)
            words[0] = Rare;
        return string.Join(' ', words);
    }

    private static string SentAt(long id) =>
        Start.AddSeconds(id * 3).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // No user input.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
