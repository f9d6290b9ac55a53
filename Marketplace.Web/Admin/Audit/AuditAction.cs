namespace Marketplace.Web.Admin.Audit;

/// <summary>What was looked at or done. Stored as a number, hashed by its name: append only, and never rename.</summary>
public enum AuditAction
{
    RoomOpened,
    AdministratorGranted,
    AdministratorRevoked,
    PersonSuspended,
    PersonReinstated,
    PictureOpened,
    AuditorGranted,
    AuditorRevoked,
    DeliveryOpened,
    RoomsSearched,
    PeopleSearched,
    RecordOpened,
    RecordExported,
    RoomLocked,
    RoomUnlocked,
    ReportTaken,
    ReportReleased,
    ReportDecided,
    EvidenceOpened,
    MessagesSearched,

    /// <summary>A search showed a message of this room.</summary>
    MessageFound,
    RiskCleared,
    PersonOpened,
    NoteAdded,
    NoteRemoved,
    PersonWarned,
    TranscriptExported,
    RoomHeld,
    RoomHoldLifted,
    UnreadRepaired,
    FiguresExported,
    RoomWritten,
    MessageHidden,
    TextMasked,
    ListingRemoved,

    /// <summary>An act of an administrator, by themselves or another one.</summary>
    ActTakenBack,
    WallOpened,

    /// <summary>A wall showed messages of this room.</summary>
    WallShown,
    RoomReplayed,

    /// <summary>A picture that a reporter added as proof.</summary>
    ReportPictureOpened,
}

/// <summary>Why a room is opened. Stored as a number, hashed by its name: append only, and never rename.</summary>
public enum LookReason
{
    Report,

    /// <summary>One of the two asked for help.</summary>
    Asked,
    Fraud,
    Legal,
    Other,
}

/// <summary>Something to record.</summary>
/// <param name="PersonId">Whom it is about.</param>
/// <param name="Seq">Of a message of the room.</param>
public sealed record AuditDeed(
    AuditAction Action,
    long? RoomId = null,
    long? PersonId = null,
    long? ListingId = null,
    long? Seq = null
)
{
    public LookReason? Reason { get; init; }

    /// <summary>Words of a person, such as a reason or what was searched; they can be erased later.</summary>
    public string? Text { get; init; }

    /// <summary>It was tried, and refused.</summary>
    public bool IsRefused { get; init; }
}
