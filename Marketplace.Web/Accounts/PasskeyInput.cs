namespace Marketplace.Web.Accounts;

/// <summary>What a passkey form sends.</summary>
public sealed class PasskeyInput
{
    public const int MaxNameLength = 60;

    /// <summary>The authenticator's answer as JSON.</summary>
    public string Credential { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The id of a passkey to remove, in base64url.</summary>
    public string Remove { get; set; } = "";
}
