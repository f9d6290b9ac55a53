using System.Security.Claims;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Support;

/// <summary>The whole application on a database and folder of its own, deleted with it.</summary>
public sealed class MarketplaceApp : WebApplicationFactory<Program>
{
    public const string Password = "Demo-1234";

    // Migrated once and copied: migrating takes longer than most tests.
    private static readonly Lazy<byte[]> Migrated = new(Migrate);

    // Watching the files of settings is a quarter of what a start costs.
    static MarketplaceApp() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    private readonly string database = $"marketplace_{Guid.NewGuid():N}";
    private int people;

    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>Settings beyond the test defaults; set them before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public Action<IServiceCollection> Beside { get; init; } = _ => { };

    public DirectoryInfo Folder
    {
        get => field ??= Directory.CreateTempSubdirectory("marketplace-");
        init;
    }

    public bool KeepsFolder { get; init; }

    /// <summary>Creates a person, signed in within a scope of their own.</summary>
    public async Task<Person> JoinAsync(
        string name,
        bool administrator = false,
        bool auditor = false,
        string? email = null
    )
    {
        await using var scope = Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        email ??= $"{name.ToLowerInvariant()}{Interlocked.Increment(ref people)}@test.local";
        var user = new User
        {
            UserName = email,
            Email = email,
            DisplayName = name,
            JoinedAt = DateTime.UtcNow,
        };
        var made = await accounts.CreateAsync(user, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(error => error.Description)));
        if (administrator)
            await accounts.SetRoleAsync(user, Roles.Administrator, granted: true);
        if (auditor)
            await accounts.SetRoleAsync(user, Roles.Auditor, granted: true);
        return await EnterAsync(user.Id);
    }

    public async Task<(Person Ana, Person Bruno, long Room)> TalkAsync()
    {
        var (ana, bruno) = (await JoinAsync("Ana"), await JoinAsync("Bruno"));
        return (ana, bruno, await bruno.ContactsAsync(await ana.SellsAsync()));
    }

    /// <summary>Signs the same person in within a new scope, as on another device.</summary>
    public Task<Person> EnterAsync(long userId) => EnterAsync(accounts => accounts.FindByIdAsync($"{userId}"));

    public Task<Person> EnterAsync(string email) => EnterAsync(accounts => accounts.FindByEmailAsync(email));

    private async Task<Person> EnterAsync(Func<AccountManager, Task<User?>> find)
    {
        var scope = Services.CreateScope();
        var user = (await find(scope.ServiceProvider.GetRequiredService<AccountManager>()))!;
        var principals = scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<User>>();
        ClaimsPrincipal principal = await principals.CreateAsync(user);
        var session = await scope
            .ServiceProvider.GetRequiredService<SessionService>()
            .BeginAsync(user, isKept: true, http: null);
        ((ClaimsIdentity)principal.Identity!).AddClaims(session.Claims());
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(principal);
        return new Person(this, scope, user.Id, user.DisplayName, user.Email ?? "", principal);
    }

    /// <summary>Listens on a real port instead of in memory; 0 takes a free one.</summary>
    public Uri ListenOn(int port)
    {
        UseKestrel(port);
        StartServer();
        return ClientOptions.BaseAddress;
    }

    public MarketplaceDbContext Look() =>
        Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>().CreateDbContext();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (Provider == DatabaseProvider.Sqlite && !File.Exists(DatabaseFile))
            File.WriteAllBytes(DatabaseFile, Migrated.Value);
        builder.UseEnvironment("Development");
        builder.UseSetting("Demo:Seed", "false");
        builder.UseSetting("Serilog:WriteTo:Console:Args:restrictedToMinimumLevel", "Warning");
        builder.UseSetting("Files:Path", Path.Combine(Folder.FullName, "files"));
        builder.UseSetting("Limits:Enabled", "false");
        builder.UseSetting("Database:Provider", Provider.ToString());
        builder.UseSetting("ConnectionStrings:Marketplace", ConnectionString);
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        // The product's hashing is slow on purpose; a thousand test accounts need less.
        builder.ConfigureServices(services => services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000));
        builder.ConfigureServices(Beside);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Provider == DatabaseProvider.SqlServer)
            await DropAsync();
        else
            CloseConnections();
        // A request that was cut off may still be reading, which makes files.
        if (!KeepsFolder)
            await Eventually.TrueAsync(IsDeleted, "the folder is deleted");
        GC.SuppressFinalize(this);
    }

    private bool IsDeleted()
    {
        try
        {
            Folder.Delete(recursive: true);
            return true;
        }
        catch (IOException exception)
        {
            return exception is DirectoryNotFoundException;
        }
    }

    private string ConnectionString =>
        Provider == DatabaseProvider.Sqlite
            ? $"Data Source={DatabaseFile}"
            : new SqlConnectionStringBuilder(Databases.SqlServer) { InitialCatalog = database }.ToString();

    private string DatabaseFile => Path.Combine(Folder.FullName, "marketplace.db");

    private static byte[] Migrate()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-migrated-");
        var file = Path.Combine(folder.FullName, "marketplace.db");
        var options = new DbContextOptionsBuilder<SqliteMarketplaceDbContext>().UseSqlite(
            $"Data Source={file};Pooling=false"
        );
        using (var db = new SqliteMarketplaceDbContext(options.Options))
            db.Database.Migrate();
        var bytes = File.ReadAllBytes(file);
        folder.Delete(recursive: true);
        return bytes;
    }

    // Only its own: the others' tests go on.
    private void CloseConnections()
    {
        using var one = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString).ToString());
        SqliteConnection.ClearPool(one);
    }

    private async Task DropAsync()
    {
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(Databases.SqlServer);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is generated above.
        command.CommandText = $"DROP DATABASE [{database}]";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
