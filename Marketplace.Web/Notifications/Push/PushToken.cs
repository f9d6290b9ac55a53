using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Marketplace.Web.Notifications.Push;

/// <summary>The signed words by which a push service knows who sends (RFC 8292).</summary>
internal static class PushToken
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private static readonly string Header = Encode("""{"typ":"JWT","alg":"ES256"}"""u8);

    public static string Of(Uri endpoint, string subject, VapidPair pair, DateTimeOffset now)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                aud = endpoint.GetLeftPart(UriPartial.Authority),
                exp = (now + Life).ToUnixTimeSeconds(),
                sub = subject,
            }
        );
        var said = $"{Header}.{Encode(claims)}";
        using var key = pair.Open();
        return $"{said}.{Encode(key.SignData(Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
