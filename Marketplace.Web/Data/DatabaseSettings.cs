using Marketplace.Web.Shared;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Marketplace.Web.Data;

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString)
{
    public static DatabaseSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var read = configuration["Database:Provider"];
        if (!Enum.TryParse<DatabaseProvider>(read, ignoreCase: true, out var provider) || char.IsAsciiDigit(read![0]))
            throw new SettingException("Database:Provider", read, "Sqlite or SqlServer");
        var connection = configuration.GetConnectionString("Marketplace");
        return new(
            provider,
            provider == DatabaseProvider.Sqlite ? Sqlite(connection, environment) : SqlServer(connection)
        );
    }

    public void Use(DbContextOptionsBuilder options)
    {
        if (Provider == DatabaseProvider.Sqlite)
            options.UseSqlite(ConnectionString, Configure);
        else
            options.UseSqlServer(ConnectionString);
        Warn(options);
    }

    public static DbContextOptions<SqliteMarketplaceDbContext> OptionsOn(SqliteConnection connection)
    {
        var options = new DbContextOptionsBuilder<SqliteMarketplaceDbContext>().UseSqlite(connection, Configure);
        Warn(options);
        return options.Options;
    }

    private static void Configure(SqliteDbContextOptionsBuilder sqlite) =>
        sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);

    // Reads are single statements; a query that would multiply rows throws.
    private static void Warn(DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings =>
            warnings
                .Throw(RelationalEventId.MultipleCollectionIncludeWarning)
                // Queries that only check if many rows exist need no order; sorting would read them all.
                .Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)
        );

    private static string Sqlite(string? connection, IHostEnvironment environment)
    {
        var builder = Parse(connection, text => new SqliteConnectionStringBuilder(text), "Data Source=…");
        if (builder.DataSource.Length == 0)
            builder.DataSource = Path.Combine("App_Data", "marketplace.db");
        if (builder.DataSource != ":memory:" && !builder.DataSource.StartsWith("file:", StringComparison.Ordinal))
            builder.DataSource = Path.Combine(environment.ContentRootPath, builder.DataSource);
        return builder.ToString();
    }

    private static string SqlServer(string? connection)
    {
        const string allowed = "a SQL Server connection string, such as Server=…;Database=…;User ID=…;Password=…";
        var builder = Parse(connection, text => new SqlConnectionStringBuilder(text), allowed);
        return builder.DataSource.Length > 0
            ? builder.ToString()
            : throw new SettingException("ConnectionStrings:Marketplace", null, allowed);
    }

    private static T Parse<T>(string? connection, Func<string, T> parse, string allowed)
    {
        try
        {
            return parse(connection ?? "");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The value is not repeated, as it may hold a password.
            throw new SettingException(
                "ConnectionStrings:Marketplace",
                "something that is no connection string",
                allowed
            );
        }
    }
}
