using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data;

/// <summary>Tells faults that pass by themselves from others. The whole chain counts: SqlClient's exception stands
/// between EF's and the one of the socket.</summary>
internal static class TransientFaults
{
    /// <summary>From this class on, the connection is lost.</summary>
    private const int Severed = 20;

    // Those that EF's own retrying takes for passing, and: time-outs of commands (-2) and locks (1222), connections that
    // were refused (0, 53) or lost (596), a server that starts, pauses or stops (6005, 17142, 18401), a database that
    // recovers or changes sides (904, 922, 976, 978, 983, 9001).
    private static readonly HashSet<int> Numbers =
    [
        -2,
        0,
        53,
        596,
        904,
        922,
        976,
        978,
        983,
        1222,
        6005,
        9001,
        17142,
        18401,
        .. Ef,
    ];

    private static ReadOnlySpan<int> Ef =>
        [
            20,
            64,
            121,
            233,
            601,
            617,
            669,
            921,
            997,
            1203,
            1204,
            1205,
            1221,
            1807,
            3935,
            3957,
            3960,
            3966,
            4060,
            4221,
            8628,
            8645,
            8651,
            9515,
            10053,
            10054,
            10060,
            10922,
            10928,
            10929,
            10936,
            11001,
            14355,
            17197,
            20041,
            40197,
            40501,
            40540,
            40613,
            41301,
            41302,
            41305,
            41325,
            41839,
            42108,
            42109,
            45156,
            45157,
            45161,
            45182,
            45319,
            49918,
            49919,
            49920,
        ];

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

    private const int MissingDatabase = 4060;
    private const int MadeMeanwhile = 1801;

    private static bool Passing(Exception one) =>
        one switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
            SqlException sql => sql.Class >= Severed
                || sql.Errors.Cast<SqlError>().Any(e => Numbers.Contains(e.Number)),
            _ => one is TimeoutException,
        };

    private static IEnumerable<int> Numbered(Exception exception) =>
        Chain(exception).OfType<SqlException>().SelectMany(sql => sql.Errors.Cast<SqlError>()).Select(e => e.Number);
}
