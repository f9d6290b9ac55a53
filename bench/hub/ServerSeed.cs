using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Bench.Hub;

/// <summary>What <see cref="Seed"/> does, in an empty database of SQL Server that the site has migrated.</summary>
internal static class ServerSeed
{
    public static async Task FillAsync(string connection, int pairs, int each)
    {
        using var site = new SqlServerMarketplaceDbContext(
            new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>().UseSqlServer(connection).Options
        );
        // A plain one, without the site's rules of writing; one by one, so that the ids are in the order of the rooms.
        await using var db = new DbContext(
            new DbContextOptionsBuilder()
                .UseSqlServer(connection, server => server.MaxBatchSize(1))
                .UseModel(site.Model)
                .Options
        );
        var (now, password) = (DateTime.UtcNow, (await site.Users.OrderBy(user => user.Id).FirstAsync()).PasswordHash);
        var people = Enumerable.Range(1, 2 * pairs).Select(person => Person(person, password, now)).ToList();
        db.AddRange(people);
        await db.SaveChangesAsync();
        var sellers = Enumerable.Repeat(people.Where((_, i) => i % 2 == 1), each).SelectMany(all => all);
        var listings = sellers.Select(seller => Bicycle(seller.Id, now)).ToList();
        db.AddRange(listings);
        await db.SaveChangesAsync();
        var talks = listings.Select((listing, i) => Talk(listing, people[2 * (i % pairs)].Id, now)).ToList();
        db.AddRange(talks);
        await db.SaveChangesAsync();
        foreach (var room in talks)
            db.AddRange(
                new Membership
                {
                    RoomId = room.Id,
                    UserId = room.BuyerId,
                    SortKey = 1,
                },
                new Membership { RoomId = room.Id, UserId = room.SellerId }
            );
        await db.SaveChangesAsync();
    }

    private static User Person(int person, string? password, DateTime now) =>
        new()
        {
            DisplayName = $"Persona {person}",
            UserName = Seed.Email(person),
            NormalizedUserName = Seed.Email(person).ToUpperInvariant(),
            Email = Seed.Email(person),
            NormalizedEmail = Seed.Email(person).ToUpperInvariant(),
            EmailConfirmed = true,
            PasswordHash = password,
            SecurityStamp = $"bench{person}",
            LockoutEnabled = true,
            JoinedAt = now,
        };

    private static Listing Bicycle(long seller, DateTime now)
    {
        var listing = new Listing
        {
            SellerId = seller,
            Price = 18000,
            Currency = "EUR",
            CreatedAt = now,
        };
        listing.Describe("Bicicleta", "Casi nueva.", "Madrid");
        listing.MoveTo(ListingState.Active, now);
        return listing;
    }

    private static Room Talk(Listing listing, long buyer, DateTime now) =>
        new()
        {
            ListingId = listing.Id,
            BuyerId = buyer,
            SellerId = listing.SellerId,
            CreatedAt = now,
        };
}
