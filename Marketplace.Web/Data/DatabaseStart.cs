using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>What each kind of database needs before the first request.</summary>
internal interface IDatabasePreparation
{
    /// <summary>For the operator: the file or the server.</summary>
    string Where { get; }

    /// <summary>Creates and migrates. Until the answer is disposed, other processes wait with the same.</summary>
    Task<IAsyncDisposable> PrepareAsync(CancellationToken cancellation);
}

/// <summary>Prepares the database before the first request, or fails with a one-line reason. Who does not answer yet is
/// waited for; what does not pass by itself is not.</summary>
internal sealed class DatabaseStart(IDatabasePreparation preparation, TimeProvider clock, ILogger<DatabaseStart> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task<IAsyncDisposable> EnterAsync(CancellationToken cancellation = default)
    {
        for (var giveUp = clock.GetUtcNow() + Patience; ; )
        {
            try
            {
                return await preparation.PrepareAsync(cancellation);
            }
            catch (Exception exception) when (Passes(exception) && clock.GetUtcNow() < giveUp)
            {
                log.LogWarning(
                    "The database {Where} does not answer yet, trying again in {Pause}: {Reason}",
                    preparation.Where,
                    Pause,
                    Reason(exception)
                );
            }
            catch (Exception exception) when (IsOfDatabase(exception))
            {
                throw new DatabaseUnavailableException(preparation.Where, Reason(exception), exception);
            }
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>Does nothing where nothing is to do: EF would compare its whole model with the last migration first.</summary>
    internal static async Task MigrateAsync(MarketplaceDbContext db, CancellationToken cancellation)
    {
        if ((await db.Database.GetPendingMigrationsAsync(cancellation)).Any())
            await db.Database.MigrateAsync(cancellation);
    }

    private static bool Passes(Exception exception) =>
        exception is DatabaseUnavailableException { MayPass: true } || TransientFaults.PassesAtStart(exception);

    private static bool IsOfDatabase(Exception exception) =>
        exception is not DatabaseUnavailableException
        && TransientFaults
            .Chain(exception)
            .Any(one =>
                one is DbException or IOException or UnauthorizedAccessException || TransientFaults.Passes(one)
            );

    // EF's words only say that it was the database.
    private static string Reason(Exception exception)
    {
        var told = TransientFaults.Chain(exception).FirstOrDefault(one => one is DbException) ?? exception;
        return told.Message.ReplaceLineEndings(" ");
    }
}

public sealed class DatabaseUnavailableException(string where, string reason, Exception? cause = null)
    : Exception($"The database {where} cannot be used: {reason}", cause)
{
    /// <summary>Another process may be about to change it.</summary>
    internal bool MayPass { get; init; }
}
