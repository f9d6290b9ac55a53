using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>Writes people, listings and messages from <c>Data/Demo</c> unless the demo administrator exists.</summary>
public sealed class DemoData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    FileStore files,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normalizer,
    TimeProvider clock
)
{
    public const string Password = "Demo-1234";
    public const string Administrator = "carla@demo.local";
    public const string Domain = SecuritySettings.DemoDomain;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly DateTime now = clock.GetUtcNow().UtcDateTime;

    public async Task SeedAsync()
    {
        await using (var db = await database.CreateDbContextAsync())
        {
            if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalizer.NormalizeEmail(Administrator)))
                return;
        }
        var script = JsonSerializer.Deserialize<Script>(Resource("demo.json"), Json)!;
        var pictures = await PlacePicturesAsync(script.Listings);
        // One transaction, so that an interrupted start can seed again.
        await transactions.InTransactionAsync(async db =>
        {
            foreach (var (file, thumbnail) in pictures.Values)
                file.Id = thumbnail.Id = 0;
            var people = await AddPeopleAsync(db, script.People);
            var listings = await AddListingsAsync(db, script.Listings, people, pictures);
            await AddConversationsAsync(db, script.Conversations, listings, people);
            return true;
        });
    }

    private async Task<Dictionary<string, (StoredFile, StoredFile)>> PlacePicturesAsync(
        IEnumerable<ListingScript> listings
    )
    {
        var pictures = new Dictionary<string, (StoredFile, StoredFile)>();
        foreach (var name in listings.SelectMany(listing => listing.Pictures))
            pictures[name] = (await PlaceAsync($"{name}.jpg"), await PlaceAsync($"{name}.thumb.jpg"));
        return pictures;
    }

    private async Task<StoredFile> PlaceAsync(string picture)
    {
        using var bytes = new MemoryStream();
        await Resource($"pictures/{picture}").CopyToAsync(bytes);
        return await files.PlaceOwnAsync(bytes.ToArray());
    }

    private async Task<Dictionary<string, User>> AddPeopleAsync(
        MarketplaceDbContext db,
        IEnumerable<PersonScript> people
    )
    {
        var users = people.Select(Person).ToDictionary(user => user.Email!);
        db.Users.AddRange(users.Values);
        await db.SaveChangesAsync();
        var role = await db.Roles.SingleAsync(r => r.Name == Roles.Administrator);
        db.UserRoles.Add(new IdentityUserRole<long> { UserId = users[Administrator].Id, RoleId = role.Id });
        return users;
    }

    private User Person(PersonScript person)
    {
        var user = new User
        {
            UserName = person.Email,
            NormalizedUserName = normalizer.NormalizeName(person.Email),
            Email = person.Email,
            NormalizedEmail = normalizer.NormalizeEmail(person.Email),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            DisplayName = person.DisplayName,
            JoinedAt = now.AddDays(-person.JoinedDaysAgo),
        };
        user.PasswordHash = hasher.HashPassword(user, Password);
        return user;
    }

    private async Task<Dictionary<string, Listing>> AddListingsAsync(
        MarketplaceDbContext db,
        IEnumerable<ListingScript> scripts,
        Dictionary<string, User> people,
        Dictionary<string, (StoredFile File, StoredFile Thumbnail)> pictures
    )
    {
        var listings = new Dictionary<string, Listing>();
        // One by one, so that ids follow the dates.
        foreach (var script in scripts.OrderByDescending(script => script.HoursAgo))
        {
            var listing = Listing(script, people);
            foreach (var (file, thumbnail) in script.Pictures.Select(picture => pictures[picture]))
            {
                file.OwnerId = thumbnail.OwnerId = listing.SellerId;
                db.Files.AddRange(file, thumbnail);
            }
            listing.Show(
                script.Pictures.Select(name => new PhotoView(pictures[name].File.Name, pictures[name].Thumbnail.Name))
            );
            db.Listings.Add(listings[script.Key] = listing);
            await db.SaveChangesAsync();
        }
        return listings;
    }

    private Listing Listing(ListingScript script, Dictionary<string, User> people)
    {
        var created = now.AddHours(-script.HoursAgo);
        var listing = new Listing
        {
            SellerId = people[script.Seller].Id,
            Price = script.PriceMinor,
            Currency = Money.Currency,
            Category = script.Category,
            Condition = script.Condition,
            InPerson = script.InPerson,
            Shipping = script.Shipping,
            CreatedAt = created,
        };
        listing.Describe(script.Title, script.Description, script.Place);
        listing.MoveTo(script.State, created, script.ReservedFor is { } person ? people[person].Id : null);
        return listing;
    }

    private async Task AddConversationsAsync(
        MarketplaceDbContext db,
        IEnumerable<ConversationScript> scripts,
        Dictionary<string, Listing> listings,
        Dictionary<string, User> people
    )
    {
        var said = new List<Said>();
        foreach (var script in scripts)
            said.AddRange(await OpenAsync(db, script, listings[script.Listing], people[script.Buyer]));
        // Ids follow the time across all rooms, as in live use.
        said.Sort((one, other) => one.At.CompareTo(other.At));
        foreach (var line in said)
        {
            line.Message = new Message
            {
                SenderId = line.SenderId,
                ClientId = Guid.CreateVersion7(line.At),
                Body = line.Body,
            };
            line.Message.Enter(line.Room, line.At);
            db.Messages.Add(line.Message);
        }
        await db.SaveChangesAsync();
        said.ForEach(line => line.Enter());
    }

    private async Task<IEnumerable<Said>> OpenAsync(
        MarketplaceDbContext db,
        ConversationScript script,
        Listing listing,
        User buyer
    )
    {
        var at = now.AddHours(-script.StartedHoursAgo);
        var room = new Room
        {
            ListingId = listing.Id,
            BuyerId = buyer.Id,
            SellerId = listing.SellerId,
            CreatedAt = at,
            Snapshot = JsonSerializer.Serialize(
                new ListingSnapshot(
                    listing.Title,
                    listing.Description,
                    listing.Price,
                    listing.Currency,
                    [.. listing.Photos.Select(photo => photo.File)]
                ),
                Json
            ),
        };
        db.Rooms.Add(room);
        await db.SaveChangesAsync();
        var count = script.Messages.Count;
        var buys = new Reader(new() { RoomId = room.Id, UserId = buyer.Id }, count - script.UnreadByBuyer);
        var sells = new Reader(new() { RoomId = room.Id, UserId = listing.SellerId }, count - script.UnreadBySeller);
        db.Memberships.AddRange(buys.Membership, sells.Membership);
        return script
            .Messages.Select(line => new Said(
                room,
                buys,
                sells,
                line.From == "buyer" ? buyer.Id : listing.SellerId,
                line.Body,
                at = at.AddMinutes(line.After)
            ))
            .ToList();
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"Demo/{name}")
        ?? throw new InvalidOperationException($"The demo resource {name} is missing.");

    private sealed record Said(Room Room, Reader Buys, Reader Sells, long SenderId, string Body, DateTime At)
    {
        public Message? Message { get; set; }

        public void Enter()
        {
            Room.LastMessageId = Message!.Id;
            Buys.Receive(Room, Message);
            Sells.Receive(Room, Message);
        }
    }

    private sealed record Reader(Membership Membership, long SeenUpTo)
    {
        public void Receive(Room room, Message message)
        {
            Membership.Receive(room);
            if (message.Seq <= SeenUpTo)
                Membership.Read(room, message.Seq, message.FromBuyer, message.FromSeller);
            Membership.SharedReadSeq = Membership.ReadSeq;
        }
    }

    private sealed record Script(
        IReadOnlyList<PersonScript> People,
        IReadOnlyList<ListingScript> Listings,
        IReadOnlyList<ConversationScript> Conversations
    );

    private sealed record PersonScript(string Email, string DisplayName, int JoinedDaysAgo);

    private sealed record ListingScript(
        string Key,
        string Seller,
        string Title,
        string Description,
        long PriceMinor,
        Category Category,
        string Place,
        Condition? Condition,
        bool InPerson,
        bool Shipping,
        ListingState State,
        string? ReservedFor,
        int HoursAgo,
        IReadOnlyList<string> Pictures
    );

    private sealed record ConversationScript(
        string Listing,
        string Buyer,
        int StartedHoursAgo,
        int UnreadBySeller,
        int UnreadByBuyer,
        IReadOnlyList<LineScript> Messages
    );

    private sealed record LineScript(string From, int After, string Body);
}
