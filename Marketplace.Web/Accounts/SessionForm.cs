namespace Marketplace.Web.Accounts;

/// <summary>The session to end; null ends all but the current one.</summary>
public sealed class SessionForm
{
    public Guid? Id { get; set; }
}
