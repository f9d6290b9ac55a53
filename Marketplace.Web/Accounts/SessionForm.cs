namespace Marketplace.Web.Accounts;

/// <summary>Which session to end; none: all but the one that asks.</summary>
public sealed class SessionForm
{
    public Guid? Id { get; set; }
}
