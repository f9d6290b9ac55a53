using Marketplace.Web.Realtime;

namespace Marketplace.Web.Accounts;

public static class AccountTopics
{
    public static Topic Account(long id) => new("account", id);
}

/// <summary>The account, its role or its sessions changed; holders of a copy reload it.</summary>
public sealed record AccountChanged(long Id) : IRelayed;
