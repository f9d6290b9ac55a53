using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;

namespace Marketplace.Web.Notifications.Push;

public enum PushAnswer
{
    Accepted,

    /// <summary>The device takes nothing any more.</summary>
    Gone,

    /// <summary>The push service does not take the message from this site.</summary>
    Forbidden,
    TooLarge,

    /// <summary>The message itself is refused, whenever it is sent.</summary>
    Refused,

    /// <summary>Later it may work.</summary>
    Busy,
}

/// <param name="Wait">How long the push service asks to wait; null if it does not say.</param>
public sealed record PushReply(PushAnswer Answer, TimeSpan? Wait = null);

/// <summary>Sends one message to one device. It tries once: what waits, waits in the outbox.</summary>
public sealed class PushSender(
    IHttpClientFactory clients,
    PushSettings settings,
    VapidKeys keys,
    TimeProvider clock,
    ILogger<PushSender> log
)
{
    internal const string Client = "push";

    /// <summary>How long a push service keeps what it cannot deliver yet.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    public async Task<PushReply> SendAsync(
        PushDevice device,
        PushLetter letter,
        CancellationToken cancellation = default
    )
    {
        var pair = await keys.FindAsync();
        using var own = new VapidAuthentication(pair.PublicKey, pair.PrivateKey);
        own.TokenCache = new OwnToken(
            PushToken.Of(new Uri(device.Endpoint), settings.Subject!, pair, clock.GetUtcNow())
        );
        using var http = clients.CreateClient(Client);
        var service = new PushServiceClient(http) { AutoRetryAfter = false, DefaultAuthentication = own };
        try
        {
            await service.RequestPushMessageDeliveryAsync(Subscription(device), Message(device, letter), cancellation);
            return new(PushAnswer.Accepted);
        }
        catch (PushServiceClientException refused)
        {
            return Read(device, refused);
        }
        catch (Exception failure) when (IsFailure(failure) && !cancellation.IsCancellationRequested)
        {
            log.LogWarning("The push service {Host} was not reached: {Reason}", Host(device), failure.Message);
            return new(PushAnswer.Busy);
        }
    }

    /// <summary>The service of a device, without what makes its address a secret.</summary>
    internal static string Host(PushDevice device) => new Uri(device.Endpoint).GetLeftPart(UriPartial.Authority);

    private static PushSubscription Subscription(PushDevice device)
    {
        var subscription = new PushSubscription { Endpoint = device.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, device.PublicKey);
        subscription.SetKey(PushEncryptionKeyName.Auth, device.Secret);
        return subscription;
    }

    private static PushMessage Message(PushDevice device, PushLetter letter) =>
        new(letter.Json)
        {
            Topic = Topic(device, letter.Tag),
            TimeToLive = (int)Kept.TotalSeconds,
            Urgency = letter.IsUrgent ? PushMessageUrgency.High : PushMessageUrgency.Normal,
        };

    // The same for the same room, so that a newer message replaces one that still waits; tells the service nothing of it.
    private static string Topic(PushDevice device, string tag) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(device.Secret), Encoding.UTF8.GetBytes(tag))
        )[..32];

    private static bool IsFailure(Exception failure) =>
        failure is HttpRequestException or OperationCanceledException or IOException;

    private PushReply Read(PushDevice device, PushServiceClientException refused)
    {
        var reply = new PushReply(Meaning(refused.StatusCode), Wait(refused.Headers?.RetryAfter));
        if (reply.Answer is PushAnswer.Refused or PushAnswer.Forbidden or PushAnswer.TooLarge)
            log.LogWarning(
                "{Host} answers {Status} to a push message: {Body}",
                Host(device),
                refused.StatusCode,
                refused.Body
            );
        return reply;
    }

    private static PushAnswer Meaning(HttpStatusCode status) =>
        (int)status switch
        {
            >= 200 and < 300 => PushAnswer.Accepted,
            404 or 410 => PushAnswer.Gone,
            401 or 403 => PushAnswer.Forbidden,
            413 => PushAnswer.TooLarge,
            408 or 429 or >= 500 => PushAnswer.Busy,
            _ => PushAnswer.Refused,
        };

    private TimeSpan? Wait(RetryConditionHeaderValue? after) =>
        (after?.Delta ?? after?.Date - clock.GetUtcNow()) is { } wait
            ? wait < TimeSpan.Zero
                ? TimeSpan.Zero
                : wait > MaxWait
                    ? MaxWait
                    : wait
            : null;

    /// <summary>The library names as audience the origin without its port; it takes what is cached instead.</summary>
    private sealed class OwnToken(string token) : IVapidTokenCache
    {
        public string Get(string audience) => token;

        public void Put(string audience, DateTimeOffset expiration, string token) { }
    }
}

/// <summary>What a device is told: the plain text that only it can read.</summary>
/// <param name="Tag">Of the notification: the next of the same tag takes its place.</param>
public sealed record PushLetter(string Tag, string Json, bool IsUrgent);
