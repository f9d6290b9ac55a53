using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal;

namespace Marketplace.Web.Data;

/// <summary>Tells faults that pass by themselves from others. The whole chain counts: SqlClient's exception stands
/// between EF's and the one of the socket.</summary>
internal static class TransientFaults
{
    private static readonly string SqlClient = typeof(SqlException).Assembly.GetName().Name!;

    /// <summary>From this class on, the connection is lost.</summary>
    private const int Severed = 20;

    public const int MissingDatabase = 4060;
    private const int MadeMeanwhile = 1801;

    // Beyond what EF's own retrying knows: time-outs of commands, refused and ended connections, a server that starts,
    // pauses or stops, a database that recovers or changes sides.
    private static readonly HashSet<int> Others = [-2, 0, 53, 596, 904, 922, 976, 978, 983, 6005, 9001, 17142];

    // What a server refuses as a whole: a login, a database, a right, a disk without room, a read-only database.
    private static readonly HashSet<int> Wholesale = [229, 262, 911, 1105, 3906, 4060, 9002, 18456];

    public static bool Passes(Exception exception) =>
        Chain(exception).Any(Passing) && !Chain(exception).Any(one => one is AuthenticationException);

    /// <summary>The same before anything has ever worked: a database that is not there does not come by itself.</summary>
    public static bool PassesAtStart(Exception exception) =>
        Passes(exception) && !Numbered(exception).Contains(MissingDatabase)
        || Numbered(exception).Contains(MadeMeanwhile);

    /// <summary>Whether a single row may be the cause, rather than a full disk or an unwritable file.</summary>
    public static bool IsRowSpecific(Exception exception) =>
        !Passes(exception)
        && !Chain(exception)
            .Any(one => one is SqliteException { SqliteErrorCode: 7 or 8 or 10 or 11 or 13 or 14 or 26 })
        && !Numbered(exception).Any(Wholesale.Contains);

    /// <summary>The exception and all within it, the outermost first.</summary>
    public static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? one = exception; one is not null; one = one.InnerException)
            yield return one;
    }

    private static bool Passing(Exception one) =>
        one switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
            SqlException sql => sql.Class >= Severed || IsKnownToEf(sql) || Numbered(sql).Any(Others.Contains),
            // No connection of the pool came free in time, or one broke in its hands.
            InvalidOperationException => one.Source == SqlClient,
            _ => one is TimeoutException,
        };

    // Some 150 numbers, which EF keeps up to date; without EF's execution strategy there is no other way to them.
    private static bool IsKnownToEf(SqlException exception) =>
#pragma warning disable EF1001
        SqlServerTransientExceptionDetector.ShouldRetryOn(exception);
#pragma warning restore EF1001

    private static IEnumerable<int> Numbered(Exception exception) =>
        Chain(exception).OfType<SqlException>().SelectMany(sql => sql.Errors.Cast<SqlError>()).Select(e => e.Number);
}
