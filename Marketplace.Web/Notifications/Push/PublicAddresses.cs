using System.Net;
using System.Net.Sockets;

namespace Marketplace.Web.Notifications.Push;

/// <summary>
/// Endpoints come from browsers, so from anybody: connections go to public addresses alone, judged after the name was
/// resolved and used as they were judged.
/// </summary>
internal sealed class PublicAddresses(PushSettings settings)
{
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // IANA's special-purpose registries. Those of IPv6 that carry an IPv4 address are among them.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || Global.Contains(plain))
            && !Special.Any(network => network.Contains(plain));
    }

    /// <summary>Whether a push service may be there, before its name is resolved.</summary>
    public bool MayBe(Uri endpoint) =>
        endpoint is { IsAbsoluteUri: true, UserInfo: "", Fragment: "" }
        && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && IsHere(endpoint)))
        && (!IPAddress.TryParse(endpoint.DnsSafeHost, out var address) || IsAllowed(address));

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        if (Array.FindAll(found, IsAllowed) is not { Length: > 0 } allowed)
            throw new HttpRequestException($"{context.DnsEndPoint.Host} has no public address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) =>
        IsPublic(address) || (settings.AllowsLoopback && IPAddress.IsLoopback(address));

    private bool IsHere(Uri endpoint) => settings.AllowsLoopback && endpoint.IsLoopback;
}
