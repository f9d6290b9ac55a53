using Marketplace.Web.Realtime;

namespace Marketplace.Web.Outbox;

public static class NoticeTopics
{
    public static Topic Person(long id) => new("notices", id);
}

/// <summary>The person's notices outside rooms or their preferences changed: who shows them reads again.</summary>
public sealed record NoticesChanged : IRelayed
{
    public static readonly NoticesChanged Now = new();
}
