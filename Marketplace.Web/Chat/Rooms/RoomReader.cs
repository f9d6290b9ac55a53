using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Rooms;

public abstract class RoomReader(long roomId)
{
    public long RoomId => roomId;

    /// <summary>True for an administrator, who has no read mark or presence and sees earlier versions.</summary>
    public abstract bool IsSupervising { get; }

    /// <summary>Authorises the reader; call it for each event. Returns null without permission.</summary>
    public abstract Task<AccountState?> EnterAsync();

    internal abstract Topic Topic(AccountState reader);

    internal abstract IQueryable<RoomParties> Parties(MarketplaceDbContext db, AccountState reader);

    internal abstract IQueryable<RoomView> Room(MarketplaceDbContext db, AccountState reader);
}

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

/// <summary>An administrator. The look is recorded once, before anything is read.</summary>
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
