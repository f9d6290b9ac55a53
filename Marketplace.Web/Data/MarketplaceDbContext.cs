using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Retention;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Figures;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Notifications;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Reports;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Marketplace.Web.Data;

/// <summary>All tables. Each provider has a derived context with its own migrations.</summary>
public abstract class MarketplaceDbContext(DbContextOptions options)
    : IdentityDbContext<User, IdentityRole<long>, long>(options)
{
    public DbSet<SignInSession> Sessions => Set<SignInSession>();
    public DbSet<ArchiveRequest> ArchiveRequests => Set<ArchiveRequest>();
    public DbSet<UserTerm> UserTerms => Set<UserTerm>();
    public DbSet<Block> Blocks => Set<Block>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<ReportDecision> ReportDecisions => Set<ReportDecision>();
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<ListingPhoto> ListingPhotos => Set<ListingPhoto>();
    public DbSet<ListingTerm> ListingTerms => Set<ListingTerm>();
    public DbSet<Favourite> Favourites => Set<Favourite>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<RoomDeal> Deals => Set<RoomDeal>();
    public DbSet<Rating> Ratings => Set<Rating>();
    public DbSet<RoomHold> RoomHolds => Set<RoomHold>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageVersion> MessageVersions => Set<MessageVersion>();
    public DbSet<LastSeen> LastSeen => Set<LastSeen>();
    public DbSet<QuickReply> QuickReplies => Set<QuickReply>();
    public DbSet<NotificationPreference> NotificationPreferences => Set<NotificationPreference>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<PushDevice> PushDevices => Set<PushDevice>();
    public DbSet<PushKey> PushKeys => Set<PushKey>();
    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();
    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditText> AuditTexts => Set<AuditText>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<AuditCut> AuditCuts => Set<AuditCut>();
    public DbSet<AuditMark> AuditMarks => Set<AuditMark>();
    public DbSet<RetentionRun> RetentionRuns => Set<RetentionRun>();
    public DbSet<DailyFigure> DailyFigures => Set<DailyFigure>();
    public DbSet<FigureRound> FigureRounds => Set<FigureRound>();
    public DbSet<UnreadCheck> UnreadChecks => Set<UnreadCheck>();
    public DbSet<Lease> Leases => Set<Lease>();
    public DbSet<FoldingState> FoldingStates => Set<FoldingState>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Whether <see cref="WriteTransactions"/> holds the gate; saving then must not enter it.</summary>
    internal bool HoldsWriteGate { get; set; }

    /// <summary>Saves through the write gate, also for Identity's stores, and again after a passing fault.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        await FollowNamesAsync(cancellationToken);
        if (HoldsWriteGate)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        var transactions = this.GetService<WriteTransactions>();
        return await transactions.RepeatAsync(
            () =>
                transactions.InTransactionAsync(
                    this,
                    () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
                ),
            cancellationToken
        );
    }

    // Keeps the search keys of names up to date, also when Identity's stores change a name.
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

    /// <summary>Not supported: it would have to block a thread while it waits for the write gate.</summary>
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

/// <summary>No index on a message's sender: no query needs it, and every insert would pay for it.</summary>
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
        builder.Entity<Room>().HasIndex(r => r.WaitingSince).HasFilter("\"WaitingSince\" IS NOT NULL");
        // Few notices wait, and few are of more than a message.
        builder.Entity<Notice>().HasIndex(n => new { n.PersonId, n.Mail }).HasFilter("\"Mail\" = 0");
        builder.Entity<Notice>().HasIndex(n => new { n.PersonId, n.Kind }).HasFilter("\"Kind\" <> 0");
        // The widest index on messages: 16 bytes instead of 36 characters.
        message.Property(m => m.ClientId).HasConversion(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
    }
}

public sealed class SqlServerMarketplaceDbContext(DbContextOptions<SqlServerMarketplaceDbContext> options)
    : MarketplaceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Message>().HasIndex(m => new { m.RoomId, m.Rev }).HasFilter("[IsChanged] = 1");
        builder.Entity<Room>().HasIndex(r => r.WaitingSince).HasFilter("[WaitingSince] IS NOT NULL");
        builder.Entity<Notice>().HasIndex(n => new { n.PersonId, n.Mail }).HasFilter("[Mail] = 0");
        builder.Entity<Notice>().HasIndex(n => new { n.PersonId, n.Kind }).HasFilter("[Kind] <> 0");
        var words = builder.Entity<MessageWords>().ToTable("MessageWords");
        words.HasKey(w => w.MessageId).HasName("PK_MessageWords");
        words.Property(w => w.MessageId).ValueGeneratedNever();
        words.Property(w => w.Words).UseCollation(Ordinal);
        words.HasOne<Message>().WithOne().HasForeignKey<MessageWords>(w => w.MessageId);
        CompareByCodeUnit(builder);
    }

    private const string Ordinal = "Latin1_General_BIN2";

    // What is sought by keys and indexes is folded, or a name for machines: by code unit, as in SQLite. A linguistic
    // collation finds nothing from "PEREZ" to "PERE[", and takes two addresses of push services for one.
    private static void CompareByCodeUnit(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            if (property.ClrType == typeof(string) && (property.IsKey() || property.IsIndex()))
                property.SetCollation(Ordinal);
    }
}
