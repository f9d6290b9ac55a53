namespace Marketplace.Web.Accounts;

public sealed class SessionForm
{
    /// <summary>The id of the session to end, or <see cref="Others"/>; anything else ends nothing.</summary>
    public string? End { get; set; }

    public const string Others = "others";
}
