using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data.Journal;

/// <summary>A prepared command with the parameters $a, $b, $c …, given in this order.</summary>
internal sealed class SqliteStatement
{
    private readonly SqliteCommand command;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the callers; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var name = 'a'; sql.Contains($"${name}", StringComparison.Ordinal); name++)
            command.Parameters.Add(new SqliteParameter($"${name}", DBNull.Value));
        command.Prepare();
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        command.ExecuteNonQuery();
    }

    /// <summary>The first row; null if there is none.</summary>
    public T? First<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public IReadOnlyList<T> All<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
