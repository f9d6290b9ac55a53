using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Tests.Support;

/// <summary>Notes the SQL that an application runs.</summary>
public sealed class Statements : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> noted = new();

    public IReadOnlyCollection<string> All => noted;

    /// <summary>How many statements this work takes.</summary>
    public async Task<int> CountAsync(Func<Task> work)
    {
        noted.Clear();
        await work();
        return noted.Count;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        noted.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        noted.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
