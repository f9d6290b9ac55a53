using System.Net.Sockets;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>The address that limits count by. Who has one IPv6 address has a network of them, so those count by network.</summary>
internal static class ClientNetwork
{
    public static string Of(HttpContext? http)
    {
        var address = http?.Connection.RemoteIpAddress;
        if (address is null || address.IsIPv4MappedToIPv6 || address.AddressFamily is AddressFamily.InterNetwork)
            return $"{address?.MapToIPv4()}";
        return Convert.ToHexString(address.GetAddressBytes()[..8]);
    }
}
