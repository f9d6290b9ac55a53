using System.Reflection;
using Marketplace.Web.Data;
using Xunit.Sdk;

namespace Marketplace.Tests.Support;

/// <summary>
/// Runs a test on SQLite, and on SQL Server if MARKETPLACE_TEST_SQLSERVER holds a connection string with the right to
/// create databases.
/// </summary>
public sealed class DatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Databases.All.Select(one => new object[] { one });
}

public static class Databases
{
    public static string? SqlServer { get; } = Environment.GetEnvironmentVariable("MARKETPLACE_TEST_SQLSERVER");

    public static IEnumerable<DatabaseProvider> All =>
        string.IsNullOrEmpty(SqlServer)
            ? [DatabaseProvider.Sqlite]
            : [DatabaseProvider.Sqlite, DatabaseProvider.SqlServer];
}

/// <summary>One application per database for all tests of a class, each of which creates its own people.</summary>
public sealed class Apps : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, MarketplaceApp> apps = Databases.All.ToDictionary(
        provider => provider,
        provider => new MarketplaceApp { Provider = provider }
    );

    public MarketplaceApp this[DatabaseProvider provider] => apps[provider];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in apps.Values)
            await app.DisposeAsync();
    }
}
