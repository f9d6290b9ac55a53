using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts.Sessions;

/// <param name="Kept"><c>Sessions:Kept</c>: without use, if the person asked to stay signed in.</param>
/// <param name="KeptEnd"><c>Sessions:KeptEnd</c>: in total, if the person asked to stay signed in.</param>
/// <param name="Idle"><c>Sessions:Idle</c>: without use, otherwise.</param>
/// <param name="End"><c>Sessions:End</c>: in total, otherwise.</param>
/// <param name="Proof"><c>Sessions:Proof</c>: how long a proof of who one is opens the pages that ask for one.</param>
public sealed record SessionSettings(TimeSpan Kept, TimeSpan KeptEnd, TimeSpan Idle, TimeSpan End, TimeSpan Proof)
{
    public static SessionSettings Of(IConfiguration configuration)
    {
        TimeSpan Read(string name, TimeSpan usual) =>
            configuration.Time($"Sessions:{name}", usual, TimeSpan.FromMinutes(1), TimeSpan.FromDays(400));
        return new(
            Read(nameof(Kept), TimeSpan.FromDays(30)),
            Read(nameof(KeptEnd), TimeSpan.FromDays(180)),
            Read(nameof(Idle), TimeSpan.FromHours(12)),
            Read(nameof(End), TimeSpan.FromDays(7)),
            Read(nameof(Proof), TimeSpan.FromMinutes(5))
        );
    }

    public DateTime EndOf(bool isKept, DateTime startedAt) => startedAt + (isKept ? KeptEnd : End);

    public DateTime ExpiryOf(bool isKept, DateTime seenAt, DateTime endsAt)
    {
        var unused = seenAt + (isKept ? Kept : Idle);
        return unused < endsAt ? unused : endsAt;
    }
}
