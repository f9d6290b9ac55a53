namespace Marketplace.Web.Accounts;

public sealed class PasskeyInput
{
    public const int MaxNameLength = 60;

    public string Credential { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The id of a passkey to remove, in base64url.</summary>
    public string Remove { get; set; } = "";
}
