using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Marketplace.Web.Mail;

/// <summary>Makes absolute links, below <c>Site:Url</c> where it is set.</summary>
public sealed class SiteAddress(SiteSettings settings, IServer server)
{
    /// <summary>For the page that is shown; without the setting below the address at which it was asked for.</summary>
    public string Of(string asked, string path) => new Uri(settings.Url ?? new Uri(asked), path).AbsoluteUri;

    /// <summary>For mails, which never follow the request: its sender chooses the host.</summary>
    public string InMail(string path) => new Uri(settings.Url ?? Listening(), path).AbsoluteUri;

    private Uri Listening() =>
        Uri.TryCreate(
            server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(),
            UriKind.Absolute,
            out var address
        )
            ? address
            : new Uri("http://localhost");
}
