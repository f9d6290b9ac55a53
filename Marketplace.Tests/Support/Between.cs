using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Tests.Support;

/// <summary>Runs <see cref="Happens"/> once, after the next matching query and before its result is used.</summary>
/// <param name="kind">A text that the matching statement contains.</param>
public sealed class Between(string kind) : DbCommandInterceptor
{
    public Func<Task>? Happens { get; set; }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        if (Happens is { } happens && command.CommandText.Contains(kind, StringComparison.Ordinal))
        {
            Happens = null;
            await happens();
        }
        return result;
    }
}
