using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Admin;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Marketplace.Web.Data;

/// <summary>All tables. One derived context per provider carries that provider's migrations.</summary>
public abstract class MarketplaceDbContext(DbContextOptions options)
    : IdentityDbContext<User, IdentityRole<long>, long>(options)
{
    public DbSet<SignInSession> Sessions => Set<SignInSession>();
    public DbSet<UserTerm> UserTerms => Set<UserTerm>();
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<ListingPhoto> ListingPhotos => Set<ListingPhoto>();
    public DbSet<ListingTerm> ListingTerms => Set<ListingTerm>();
    public DbSet<Favourite> Favourites => Set<Favourite>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageVersion> MessageVersions => Set<MessageVersion>();
    public DbSet<LastSeen> LastSeen => Set<LastSeen>();
    public DbSet<QuickReply> QuickReplies => Set<QuickReply>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<FoldingState> FoldingStates => Set<FoldingState>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Said here and not in the options, so that migrations are made of the same model as the site runs on.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <summary>True while <see cref="WriteTransactions"/> holds the write gate for this context, so that saving does not ask again.</summary>
    internal bool HoldsWriteGate { get; set; }

    /// <summary>Saves in the writers' turn, whoever saves: Identity's stores come this way.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        await FollowNamesAsync(cancellationToken);
        using var turn = HoldsWriteGate ? null : await this.GetService<WriteGate>().EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // Whoever changes a name, Identity's stores too, changes what it is found by.
    private async Task FollowNamesAsync(CancellationToken cancellation)
    {
        foreach (var user in ChangeTracker.Entries<User>().ToList())
        {
            var name = user.Property(u => u.NameKey);
            if (user.State is EntityState.Modified && name.OriginalValue != name.CurrentValue)
                await user.Collection(u => u.Terms).LoadAsync(cancellation);
            else if (user.State is not EntityState.Added)
                continue;
            user.Entity.Fold();
        }
    }

    /// <summary>Not offered: it could not wait for its turn without blocking a thread.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Writes are asynchronous: SaveChangesAsync.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(MarketplaceDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Conventions.Replace<ForeignKeyIndexConvention>(services => new ForeignKeyIndexes(
            services.GetRequiredService<ProviderConventionSetBuilderDependencies>()
        ));
    }
}

/// <summary>
/// An index for each foreign key, but none for a message's sender: nobody asks for one's messages of all rooms, and each
/// message would pay for it.
/// </summary>
internal sealed class ForeignKeyIndexes(ProviderConventionSetBuilderDependencies dependencies)
    : ForeignKeyIndexConvention(dependencies)
{
    protected override IConventionIndex? CreateIndex(
        IReadOnlyList<IConventionProperty> properties,
        bool unique,
        IConventionEntityTypeBuilder entityTypeBuilder
    ) =>
        entityTypeBuilder.Metadata.ClrType == typeof(Message) && properties[0].Name == nameof(Message.SenderId)
            ? null
            : base.CreateIndex(properties, unique, entityTypeBuilder);
}

public sealed class SqliteMarketplaceDbContext(DbContextOptions<SqliteMarketplaceDbContext> options)
    : MarketplaceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        var message = builder.Entity<Message>();
        message.HasIndex(m => new { m.RoomId, m.Rev }).HasFilter("\"IsChanged\"");
        // The widest index that a message pays for: 16 bytes instead of 36 letters.
        message.Property(m => m.ClientId).HasConversion(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
    }
}

public sealed class SqlServerMarketplaceDbContext(DbContextOptions<SqlServerMarketplaceDbContext> options)
    : MarketplaceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Folded texts are compared by code unit, as SQLite does by itself.
        builder.Entity<ListingTerm>().Property(t => t.Term).UseCollation(Ordinal);
        builder.Entity<Listing>().Property(l => l.PlaceKey).UseCollation(Ordinal);
        builder.Entity<User>().Property(u => u.NameKey).UseCollation(Ordinal);
        builder.Entity<UserTerm>().Property(t => t.Term).UseCollation(Ordinal);
        builder.Entity<Message>().HasIndex(m => new { m.RoomId, m.Rev }).HasFilter("[IsChanged] = 1");
        var words = builder.Entity<MessageWords>().ToTable("MessageWords");
        words.HasKey(w => w.MessageId).HasName("PK_MessageWords");
        words.Property(w => w.MessageId).ValueGeneratedNever();
        words.Property(w => w.Words).UseCollation(Ordinal);
        words.HasOne<Message>().WithOne().HasForeignKey<MessageWords>(w => w.MessageId);
    }

    private const string Ordinal = "Latin1_General_BIN2";
}
