using Marketplace.Web.Realtime;

namespace Marketplace.Web.Accounts;

/// <summary>The topics of this feature. <c>account</c>: <see cref="AccountChanged"/>, told to the account's own sessions.</summary>
public static class AccountTopics
{
    public static Topic Account(long id) => new("account", id);
}

/// <summary>Name, address, role, suspension or stamp changed: whoever keeps a copy of the account reads it again.</summary>
public sealed record AccountChanged(long Id);
