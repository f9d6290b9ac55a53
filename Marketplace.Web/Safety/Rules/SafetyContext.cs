namespace Marketplace.Web.Safety.Rules;

/// <summary>What the rules know besides the text.</summary>
/// <param name="IsFirstContact">The other person has not answered yet.</param>
/// <param name="IsNewAccount">The sender's account is young; how young is the caller's decision.</param>
/// <param name="FromBuyer">The sender is to pay: a request for money from them is the wrong way round.</param>
/// <param name="Price">Of the listing, in minor units.</param>
/// <param name="SenderName">As others see it.</param>
/// <param name="SiteHost">The host of this site, whose links are its own.</param>
public sealed record SafetyContext(
    bool IsFirstContact = false,
    bool IsNewAccount = false,
    bool FromBuyer = true,
    long? Price = null,
    string SenderName = "",
    string SiteHost = ""
)
{
    /// <summary>An account is new for a week.</summary>
    public static readonly TimeSpan New = TimeSpan.FromDays(7);

    /// <summary>In which every rule may find something: what is not found in it, is not found in any.</summary>
    public static SafetyContext Widest(string senderName, string siteHost) =>
        new(IsFirstContact: true, IsNewAccount: true, FromBuyer: true, Price: 1, senderName, siteHost);
}
