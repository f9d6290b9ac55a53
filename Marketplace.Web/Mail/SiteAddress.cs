namespace Marketplace.Web.Mail;

/// <summary>Makes absolute links, below <c>Site:Url</c> or else below the given base.</summary>
public sealed class SiteAddress(MailSettings settings)
{
    public string Of(string asked, string path) => new Uri(settings.Site ?? new Uri(asked), path).AbsoluteUri;
}
