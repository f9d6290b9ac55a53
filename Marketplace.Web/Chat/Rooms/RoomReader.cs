using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Who reads a room on a screen: a member, or an administrator who supervises it.</summary>
public abstract class RoomReader(long roomId)
{
    public long RoomId => roomId;

    /// <summary>Whether the room is read from outside: such a reader has no mark, no presence, and sees what was said before.</summary>
    public abstract bool IsSupervising { get; }

    /// <summary>Authorises, anew on each event; null for who may not, or no longer.</summary>
    public abstract Task<AccountState?> EnterAsync();

    /// <summary>What to listen to.</summary>
    internal abstract Topic Topic(AccountState reader);

    /// <summary>The room's parties, found through the reader.</summary>
    internal abstract IQueryable<RoomParties> Parties(MarketplaceDbContext db, AccountState reader);

    /// <summary>The room, found through the reader.</summary>
    internal abstract IQueryable<RoomView> Room(MarketplaceDbContext db, AccountState reader);
}

/// <summary>Reads a room as one of the two who talk in it.</summary>
public sealed class MemberReader(CurrentUser currentUser, long roomId) : RoomReader(roomId)
{
    public override bool IsSupervising => false;

    public override async Task<AccountState?> EnterAsync() => await currentUser.FindAsync();

    internal override Topic Topic(AccountState reader) => ChatTopics.Person(reader.Id);

    internal override IQueryable<RoomParties> Parties(MarketplaceDbContext db, AccountState reader) =>
        RoomQueries.Parties(db, reader.Id, RoomId);

    internal override IQueryable<RoomView> Room(MarketplaceDbContext db, AccountState reader) =>
        RoomQueries.Room(db, reader.Id, RoomId);
}

/// <summary>Reads any room as an administrator. The look is recorded once, before anything is read.</summary>
/// <param name="recordAsync">Records it, by the administrator's id.</param>
public sealed class AdministratorReader(CurrentUser currentUser, long roomId, Func<long, Task> recordAsync)
    : RoomReader(roomId)
{
    private bool isRecorded;

    public override bool IsSupervising => true;

    public override async Task<AccountState?> EnterAsync()
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return null;
        if (!isRecorded)
            await recordAsync(administrator.Id);
        isRecorded = true;
        return administrator;
    }

    internal override Topic Topic(AccountState reader) => ChatTopics.Room(RoomId);

    internal override IQueryable<RoomParties> Parties(MarketplaceDbContext db, AccountState reader) =>
        RoomQueries.SupervisedParties(db, RoomId);

    internal override IQueryable<RoomView> Room(MarketplaceDbContext db, AccountState reader) =>
        RoomQueries.Supervised(db, RoomId);
}
