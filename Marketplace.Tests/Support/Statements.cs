using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Marketplace.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Tests.Support;

public sealed class Statements : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> noted = new();

    public IReadOnlyCollection<string> All => noted;

    public async Task<int> CountAsync(Func<Task> work)
    {
        noted.Clear();
        await work();
        return noted.Count;
    }

    public static async Task<List<string>> PlanAsync(MarketplaceDbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // A statement of the product.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        foreach (var name in Regex.Matches(sql, "@\\w+").Select(match => match.Value).Distinct())
            command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return steps;
    }

    // The dispatcher looks once a second, who prepares archives almost so, and jobs whether another node does them.
    private void Note(string sql)
    {
        var isLook =
            sql.Contains("\"Outbox\"")
            || sql.Contains("\"Leases\"")
            || sql.StartsWith("SELECT EXISTS", StringComparison.Ordinal) && sql.Contains("\"ArchiveRequests\"");
        if (!isLook)
            noted.Enqueue(sql);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
