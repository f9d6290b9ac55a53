using Marketplace.Web.Realtime;

namespace Marketplace.Web.Accounts;

public static class AccountTopics
{
    private const string Kind = "account";

    public static Topic Account(long id) => new(Kind, id);

    public static bool IsAccount(Topic topic) => topic.Kind == Kind;
}

/// <summary>The account, its role or its sessions changed; holders of a copy reload it.</summary>
public sealed record AccountChanged(long Id) : IRelayed;
