using Marketplace.Web.Outbox;
using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data.Journal;

/// <summary>Writes notices, and for each person one entry of the outbox, however many notices wait.</summary>
internal sealed class SqliteNoticeWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement add = new(
        connection,
        "INSERT INTO Notices (PersonId, Kind, RoomId, Seq, At, Mail) VALUES (?, ?, ?, ?, ?, 0)"
    );

    // Touched only where a worker may have looked already: usually this writes nothing.
    private readonly SqliteStatement wake = new(
        connection,
        "INSERT INTO Outbox (Kind, Key, DueAt, Attempts, Touched) VALUES (?, ?, ?, 0, 0) "
            + "ON CONFLICT (Kind, Key) DO UPDATE SET Touched = Touched + 1 WHERE LeaseId IS NOT NULL"
    );

    public void Add(Notice notice, DateTime dueAt)
    {
        add.With(notice.PersonId).With((int)notice.Kind).With(notice.RoomId).With(notice.Seq).With(notice.At).Run();
        wake.With(OutboxEntry.Notices).With(OutboxEntry.KeyOf(notice.PersonId)).With(dueAt).Run();
    }

    public void Dispose()
    {
        add.Dispose();
        wake.Dispose();
    }
}
