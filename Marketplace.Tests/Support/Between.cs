using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Tests.Support;

/// <summary>Lets something happen once, after the next statement of a kind was read and before its answer is used.</summary>
/// <param name="kind">What such a statement contains.</param>
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
