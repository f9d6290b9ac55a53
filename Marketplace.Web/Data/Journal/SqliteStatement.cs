using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketplace.Web.Data.Journal;

/// <summary>A prepared statement below ADO.NET, which costs more than SQLite; values are stored as EF does.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    private readonly sqlite3 db;
    private readonly sqlite3_stmt statement;
    private int bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        db = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(db, sql, out statement));
    }

    public SqliteStatement With(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++bound, value));
        return this;
    }

    public SqliteStatement With(long? value)
    {
        if (value is { } number)
            return With(number);
        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    public SqliteStatement With(string? value)
    {
        bound++;
        Check(value is null ? raw.sqlite3_bind_null(statement, bound) : raw.sqlite3_bind_text(statement, bound, value));
        return this;
    }

    public SqliteStatement With(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(statement, ++bound, bytes));
        return this;
    }

    public SqliteStatement With(DateTime? value) => With(value?.ToString(TimeFormat, CultureInfo.InvariantCulture));

    public void Run()
    {
        while (Next()) { }
    }

    public bool Next()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        Reset();
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    public void Reset()
    {
        raw.sqlite3_reset(statement);
        bound = 0;
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public DateTime Time(int column) =>
        DateTime.Parse(
            Text(column),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, db);
}
