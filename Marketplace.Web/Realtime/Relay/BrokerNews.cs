using System.Net.Sockets;
using StackExchange.Redis;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>Says once that the broker is away, and once that it is back, each in a line.</summary>
internal sealed class BrokerNews(ConfigurationOptions options, ILogger log)
{
    private readonly string broker = string.Join(", ", options.EndPoints.Select(EndPointCollection.ToString));
    private volatile string? reason;
    private bool isAway;

    /// <summary>Notes why it may soon be away; nothing if it is there. What the client says of it is a paragraph.</summary>
    public void Note(Exception? cause = null, ConnectionFailureType failure = ConnectionFailureType.None)
    {
        while (cause is { InnerException: { } inner })
            cause = inner;
        var kind = cause is RedisConnectionException refused ? refused.FailureType : failure;
        reason = cause is SocketException ? cause.Message : Reason(kind);
    }

    public void Tell(bool isUp)
    {
        if (isUp && isAway)
            log.LogInformation("The relay at {Broker} is back", broker);
        else if (!isUp && !isAway)
            log.LogWarning("The relay at {Broker} is away: {Reason}", broker, reason ?? Reason(default));
        isAway = !isUp;
    }

    private static string Reason(ConnectionFailureType failure) =>
        failure switch
        {
            ConnectionFailureType.AuthenticationFailure => "It refuses the name or password",
            ConnectionFailureType.SocketClosed or ConnectionFailureType.SocketFailure => "The connection broke",
            _ => "It does not answer",
        };
}
