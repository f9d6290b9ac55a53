namespace Marketplace.Web.Accounts.Credentials;

/// <summary>
/// Opens a page only to who has proved who they are within the last minutes: a session that was left open or stolen does
/// not change the account. Others are sent to the page that asks for the proof, and back.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute;
