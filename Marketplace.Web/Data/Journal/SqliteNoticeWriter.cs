using Marketplace.Web.Outbox;
using Microsoft.Data.Sqlite;

namespace Marketplace.Web.Data.Journal;

/// <summary>
/// Writes notices, and for each person, and each of their devices, one entry of the outbox, however many notices wait.
/// </summary>
internal sealed class SqliteNoticeWriter(SqliteConnection connection, NoticeSettings settings) : IDisposable
{
    // Touched only where a worker may have looked already: usually this writes nothing.
    private const string OrTouch =
        "ON CONFLICT (Kind, Key) DO UPDATE SET Touched = Touched + 1 WHERE LeaseId IS NOT NULL";

    private readonly SqliteStatement add = new(
        connection,
        "INSERT INTO Notices (PersonId, Kind, RoomId, ListingId, Seq, Data, At, Mail, Push) "
            + "SELECT ?, ?, ?, ?, ?, ?, ?, 0, CASE WHEN EXISTS (SELECT 1 FROM PushDevices WHERE PersonId = ?) THEN 0 ELSE ? END"
    );

    // Looked at again for what is new, because who was here since need not wait for the end of a long pause.
    private readonly SqliteStatement wake = new(
        connection,
        "INSERT INTO Outbox (Kind, Key, DueAt, Attempts, Touched) VALUES (?, ?, ?, 0, 0) "
            + "ON CONFLICT (Kind, Key) DO UPDATE SET Touched = Touched + 1, DueAt = MIN(DueAt, excluded.DueAt) "
            + "WHERE LeaseId IS NOT NULL OR DueAt > excluded.DueAt"
    );

    private readonly SqliteStatement wakeDevices = new(
        connection,
        "INSERT INTO Outbox (Kind, Key, Data, DueAt, Attempts, Touched) "
            + $"SELECT ?, CAST(Id AS TEXT), CAST(PersonId AS TEXT), ?, 0, 0 FROM PushDevices WHERE PersonId = ? {OrTouch}"
    );

    public void Add(Notice notice)
    {
        add.With(notice.PersonId).With((int)notice.Kind).With(notice.RoomId).With(notice.ListingId).With(notice.Seq);
        add.With(notice.Data).With(notice.At).With(notice.PersonId).With((int)NoticeOutcome.NoDevice).Run();
        wake.With(OutboxEntry.Notices).With(OutboxEntry.KeyOf(notice.PersonId));
        wake.With(notice.At + settings.MailAfter).Run();
        wakeDevices.With(OutboxEntry.Push).With(notice.At + NoticeSettings.PushAfter).With(notice.PersonId).Run();
    }

    public void Dispose()
    {
        add.Dispose();
        wake.Dispose();
        wakeDevices.Dispose();
    }
}
