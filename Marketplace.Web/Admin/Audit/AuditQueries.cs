using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Audit;

/// <summary>An entry of the record. Times are UTC.</summary>
/// <param name="Text">Words of a person; null if there are none, or if they were erased.</param>
/// <param name="HadText">Whether there were words.</param>
public sealed record AuditView(
    long Id,
    long Number,
    DateTime At,
    string Administrator,
    AuditAction Action,
    bool IsRefused,
    LookReason? Reason,
    string? Text,
    bool HadText,
    AuditRoomView? Room,
    string? Person,
    long? Seq,
    string? Address,
    Guid? SessionId
)
{
    public string Administrator
    {
        get => PersonName.Of(field);
    } = Administrator;
    public string? Person
    {
        get => field is null ? null : PersonName.Of(field);
    } = Person;

    /// <summary>What was done, or tried in vain.</summary>
    public string What(IStringLocalizer<AdminTexts> texts) =>
        IsRefused ? texts["Audit.RefusedAct", texts[$"Audit.{Action}"]] : texts[$"Audit.{Action}"];
}

public sealed record AuditRoomView(long Id, string Title, string Buyer, string Seller)
{
    public string Buyer
    {
        get => PersonName.Of(field);
    } = Buyer;
    public string Seller
    {
        get => PersonName.Of(field);
    } = Seller;
}

/// <summary>Which entries to show. Times are UTC.</summary>
public sealed record AuditFilter
{
    public static readonly AuditFilter None = new();

    public AuditAction? Action { get; init; }
    public long? AdministratorId { get; init; }
    public long? RoomId { get; init; }
    public long? PersonId { get; init; }
    public DateTime? From { get; init; }
    public DateTime? Until { get; init; }
}

/// <summary>Somebody whose deeds are recorded.</summary>
public sealed record AuditorView(long Id, string Name)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;
}

/// <summary>Where the record begins, if not at its first entry.</summary>
/// <param name="Number">Of the last entry that is gone.</param>
/// <param name="At">When it was cut away (UTC).</param>
/// <param name="Key">See <see cref="SigningKey.Id"/>.</param>
public sealed record AuditCutView(long Number, DateTime At, string Key);

internal sealed record ChainRow(AuditEntry Entry, AuditText? Text);

internal sealed record CutRow(long Id, long Number, byte[] Hash);

internal static class AuditQueries
{
    public static IQueryable<AuditView> Page(MarketplaceDbContext db, AuditFilter filter, long before, int limit) =>
        from entry in Found(db, filter).Where(e => e.Id < before).OrderByDescending(e => e.Id).Take(limit)
        join room in db.Rooms on entry.RoomId equals room.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join text in db.AuditTexts on entry.Id equals text.EntryId into texts
        from text in texts.DefaultIfEmpty()
        orderby entry.Id descending
        select new AuditView(
            entry.Id,
            entry.Number,
            entry.At,
            db.Users.Single(user => user.Id == entry.AdministratorId).DisplayName,
            entry.Action,
            entry.IsRefused,
            entry.Reason,
            text.Text,
            entry.Commitment != null,
            room == null
                ? null
                : new AuditRoomView(
                    room.Id,
                    db.Listings.Single(listing => listing.Id == room.ListingId).Title,
                    db.Users.Single(user => user.Id == room.BuyerId).DisplayName,
                    db.Users.Single(user => user.Id == room.SellerId).DisplayName
                ),
            db.Users.Where(user => user.Id == entry.PersonId).Select(user => user.DisplayName).FirstOrDefault(),
            entry.Seq,
            entry.Address,
            entry.SessionId
        );

    public static IQueryable<AuditorView> Recorded(MarketplaceDbContext db) =>
        db
            .Users.Where(user => db.AuditEntries.Any(entry => entry.AdministratorId == user.Id))
            .OrderBy(user => user.DisplayName)
            .Select(user => new AuditorView(user.Id, user.DisplayName));

    public static IQueryable<LookView> Looks(MarketplaceDbContext db, long roomId) =>
        db
            .AuditEntries.Where(entry =>
                entry.RoomId == roomId
                && (
                    entry.Action == AuditAction.RoomOpened
                    || entry.Action == AuditAction.MessageFound
                    || entry.Action == AuditAction.WallShown
                )
                && !entry.IsRefused
            )
            .OrderByDescending(entry => entry.Id)
            .Select(entry => new LookView(entry.At, entry.Reason == null ? null : entry.Reason.ToString()));

    /// <summary>Looks at the evidence of a report, and at its pictures.</summary>
    /// <param name="text">With which entries name it.</param>
    public static IQueryable<AuditEntry> EvidenceLooks(MarketplaceDbContext db, string text) =>
        from entry in db.AuditEntries
        where entry.Action == AuditAction.EvidenceOpened || entry.Action == AuditAction.ReportPictureOpened
        where db.AuditTexts.Any(words => words.EntryId == entry.Id && words.Text == text)
        select entry;

    /// <summary>All entries in the order of the chain, with the words that are kept.</summary>
    public static IQueryable<ChainRow> Chain(MarketplaceDbContext db) =>
        from entry in db.AuditEntries
        join text in db.AuditTexts on entry.Id equals text.EntryId into texts
        from text in texts.DefaultIfEmpty()
        orderby entry.Id
        select new ChainRow(entry, text);

    public static IQueryable<AuditCutView> Cut(MarketplaceDbContext db) =>
        db.AuditCuts.OrderByDescending(cut => cut.Number).Select(cut => new AuditCutView(cut.Number, cut.At, cut.Key));

    /// <summary>Chained entries below this id, the oldest first.</summary>
    public static IQueryable<CutRow> Before(MarketplaceDbContext db, long id, int limit) =>
        db
            .AuditEntries.Where(entry => entry.Id < id && entry.Number > 0)
            .OrderBy(entry => entry.Id)
            .Take(limit)
            .Select(entry => new CutRow(entry.Id, entry.Number, entry.Hash));

    /// <summary>Those about rooms under a legal hold.</summary>
    public static IQueryable<AuditEntry> Held(MarketplaceDbContext db) =>
        from hold in db.RoomHolds
        join entry in db.AuditEntries on (long?)hold.RoomId equals entry.RoomId
        select entry;

    private static IQueryable<AuditEntry> Found(MarketplaceDbContext db, AuditFilter filter)
    {
        var entries = db.AuditEntries.AsQueryable();
        if (filter.Action is { } action)
            entries = entries.Where(e => e.Action == action);
        if (filter.AdministratorId is { } administrator)
            entries = entries.Where(e => e.AdministratorId == administrator);
        if (filter.RoomId is { } room)
            entries = entries.Where(e => e.RoomId == room);
        if (filter.PersonId is { } person)
            entries = entries.Where(e => e.PersonId == person);
        if (filter.From is { } from)
            entries = entries.Where(e => e.At >= from);
        return filter.Until is { } until ? entries.Where(e => e.At < until) : entries;
    }
}
