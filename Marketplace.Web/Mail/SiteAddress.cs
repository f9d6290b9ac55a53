namespace Marketplace.Web.Mail;

/// <summary>Absolute links for who reads them elsewhere: below <c>Site:Url</c>, or below the host that was asked.</summary>
public sealed class SiteAddress(MailSettings settings)
{
    /// <param name="asked">The base of the address that was asked.</param>
    /// <param name="path">A path of ours, with its query.</param>
    public string Of(string asked, string path) => new Uri(settings.Site ?? new Uri(asked), path).AbsoluteUri;
}
