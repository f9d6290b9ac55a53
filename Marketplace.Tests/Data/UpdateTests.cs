using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.Tests.Data;

public sealed class UpdateTests
{
    [Fact]
    public async Task A_database_of_the_first_version_is_counted_and_indexed_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-update-");
        var file = Path.Combine(folder.FullName, "marketplace.db");
        var options = new DbContextOptionsBuilder<SqliteMarketplaceDbContext>().UseSqlite(
            $"Data Source={file};Pooling=false"
        );
        await using (var old = new SqliteMarketplaceDbContext(options.Options))
        {
            await old.GetService<IMigrator>().MigrateAsync("Initial");
            await old.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO AspNetUsers (Id, DisplayName, NameKey, UserName, SecurityStamp, EmailConfirmed,
                    PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount, JoinedAt)
                VALUES (1, 'Ana', 'ana', 'ana', 'x', 1, 0, 0, 1, 0, '2026-01-01'), (2, 'Bruno', 'bruno', 'bruno', 'x', 1, 0, 0, 1, 0, '2026-01-01');
                INSERT INTO Listings (Id, SellerId, Title, Description, Price, Currency, Category, Place, PlaceKey, State, CreatedAt, ChangedAt, OnSale)
                VALUES (1, 1, 'Sofá', '', 100, 'EUR', 0, '', '', 0, '2026-01-01', '2026-01-01', 1);
                INSERT INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId, LastSenderId, LastPreview, LastAt)
                VALUES (1, 1, 2, 1, '2026-01-01', 1, 4, 4, 4, 2, 'cuatro', '2026-01-01 00:00:04');
                INSERT INTO Memberships (UserId, RoomId, Place, OthersSeq, ReadSeq) VALUES (1, 1, 4, 4, 1), (2, 1, 4, 2, 3);
                INSERT INTO Messages (Id, RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt) VALUES
                    (1, 1, 1, 1, 2, '00000000-0000-0000-0000-000000000001', 0, 'uno', '2026-01-01 00:00:01'),
                    (2, 1, 2, 2, 1, '00000000-0000-0000-0000-000000000002', 0, 'dos', '2026-01-01 00:00:02'),
                    (3, 1, 3, 3, 2, '00000000-0000-0000-0000-000000000003', 0, 'tres', '2026-01-01 00:00:03'),
                    (4, 1, 4, 4, 2, '00000000-0000-0000-0000-000000000004', 0, 'cuatro', '2026-01-01 00:00:04');
                """
            );
            await old.GetService<IMigrator>().MigrateAsync("Screen");
            await old.Database.ExecuteSqlRawAsync(
                "UPDATE Rooms SET Rev = 5; UPDATE Messages SET Rev = 5, EditedAt = '2026-01-01 00:00:05' WHERE Id = 1"
            );
        }
        await using var app = new MarketplaceApp { Folder = folder };
        var (ana, bruno) = (await app.EnterAsync(1), await app.EnterAsync(2));
        Assert.Equal((2, 0), (await ana.UnreadAsync(), await bruno.UnreadAsync()));
        Assert.Equal(3, Assert.Single(await ana.Get<SearchService>().FindAsync("TRES")).Seq);
        Assert.Equal([1L], (await bruno.Chat.HistoryAsync(1, new(ChangedAfter: 4))).Value!.Select(m => m.Seq));
        var repeated = await bruno.Chat.SendAsync(1, Guid.Parse("00000000-0000-0000-0000-000000000004"), "otra vez");
        Assert.True(repeated.Value is { Repeated: true, Message: { Seq: 4, Body: "cuatro" } });
        await bruno.SaysAsync(1, "cinco");
        Assert.Equal(3, await ana.UnreadAsync());
        await ana.Chat.MarkReadAsync(1, 4);
        Assert.Equal(1, await ana.UnreadAsync());

        Assert.Equal("Sofá", Assert.Single((await ana.Listings.SearchAsync(new("sofa"))).Items).Title);
        var carla = await app.JoinAsync("Carla", administrator: true);
        Assert.Equal("Bruno", Assert.Single((await carla.Supervision.PeopleAsync("bru")).Rows).DisplayName);
    }

    [Fact]
    public async Task Pictures_that_an_earlier_version_left_claimed_are_let_go_and_no_others()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-update-");
        var options = new DbContextOptionsBuilder<SqliteMarketplaceDbContext>().UseSqlite(
            $"Data Source={Path.Combine(folder.FullName, "marketplace.db")};Pooling=false"
        );
        await using (var old = new SqliteMarketplaceDbContext(options.Options))
        {
            await old.GetService<IMigrator>().MigrateAsync("FoldByWords");
            // A message owns files 1 and 2; 3 was claimed for a refused message; a listing shows 4, a room keeps 5;
            // 6 is unused.
            await old.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO AspNetUsers (Id, DisplayName, NameKey, UserName, SecurityStamp, EmailConfirmed, PhoneNumberConfirmed,
                    TwoFactorEnabled, LockoutEnabled, AccessFailedCount, JoinedAt, HidesReceipts, HidesPresence)
                VALUES (1, 'Ana', 'ana', 'ana', 'x', 1, 0, 0, 1, 0, '2026-01-01', 0, 0), (2, 'Bruno', 'bruno', 'bruno', 'x', 1, 0, 0, 1, 0, '2026-01-01', 0, 0);
                INSERT INTO Listings (Id, SellerId, Title, Description, Price, Currency, Category, Place, PlaceKey, State, CreatedAt,
                    ChangedAt, OnSale, InPerson, Shipping, Moves, PhotoCount)
                VALUES (1, 1, 'Sofá', '', 100, 'EUR', 0, '', '', 0, '2026-01-01', '2026-01-01', 1, 1, 0, 1, 1);
                INSERT INTO ListingPhotos (Id, ListingId, Position, File, Thumbnail)
                VALUES (1, 1, 0, 'AAAAAAAA-0000-0000-0000-000000000004', 'AAAAAAAA-0000-0000-0000-000000000004');
                INSERT INTO Rooms (Id, ListingId, BuyerId, SellerId, CreatedAt, FirstSeq, LastSeq, Rev, LastMessageId, LastSenderId,
                    LastPreview, LastAt, LastKind, FromBuyer, FromSeller, Snapshot)
                VALUES (1, 1, 2, 1, '2026-01-01', 1, 1, 1, 1, 2, '', '2026-01-01', 1, 1, 0,
                    json('{{"photos":["aaaaaaaa-0000-0000-0000-000000000005"]}}'));
                INSERT INTO Messages (Id, RoomId, Seq, Rev, SenderId, ClientId, Kind, Body, SentAt, FromBuyer, FromSeller, IsChanged, Data)
                VALUES (1, 1, 1, 1, 2, x'00', 0, '', '2026-01-01', 1, 0, 0,
                    json('{{"v":1,"pictures":[{{"file":"aaaaaaaa-0000-0000-0000-000000000001","thumbnail":"aaaaaaaa-0000-0000-0000-000000000002"}}]}}'));
                INSERT INTO Files (Id, Name, OwnerId, ContentType, Size, Width, Height, State, Scope, CreatedAt)
                SELECT value, 'AAAAAAAA-0000-0000-0000-00000000000' || value, iif(value < 4, 2, 1), 'image/png', 1, 1, 1,
                    iif(value < 4, 2, 1), iif(value < 4, 1, NULL), '2026-01-01'
                FROM json_each('[1,2,3,4,5,6]');
                """
            );
            await old.GetService<IMigrator>().MigrateAsync();
            Assert.Equal([3L, 6L], await old.Files.Where(f => f.State == 0).Select(f => f.Id).Order().ToListAsync());
        }
        folder.Delete(recursive: true);
    }
}
