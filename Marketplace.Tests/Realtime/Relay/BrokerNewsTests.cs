using System.Net.Sockets;
using Marketplace.Web.Realtime.Relay;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>What the log says of a broker that comes and goes.</summary>
public sealed class BrokerNewsTests
{
    private readonly Lines log = new();
    private readonly BrokerNews news;

    public BrokerNewsTests() => news = new(ConfigurationOptions.Parse("broker:6379,password=secreto"), log);

    [Fact]
    public void It_is_told_once_that_it_is_away_and_once_that_it_is_back()
    {
        news.Tell(isUp: true);
        for (var second = 0; second < 100; second++)
        {
            news.Note(Paragraph(new SocketException((int)SocketError.ConnectionRefused)));
            news.Tell(isUp: false);
        }
        news.Tell(isUp: true);
        news.Tell(isUp: true);
        Assert.Equal(
            ["The relay at broker:6379 is away: Connection refused", "The relay at broker:6379 is back"],
            log.Said
        );
    }

    [Fact]
    public void Why_it_is_away_is_said_plainly()
    {
        news.Tell(isUp: false);
        news.Tell(isUp: true);
        news.Note(Paragraph(Refused(ConnectionFailureType.AuthenticationFailure, "NOAUTH …", null)));
        news.Tell(isUp: false);
        news.Tell(isUp: true);
        news.Note(null, ConnectionFailureType.SocketClosed);
        // Who has just been heard is away some seconds later.
        news.Tell(isUp: true);
        news.Tell(isUp: false);
        news.Tell(isUp: true);
        news.Note();
        news.Note(new TimeoutException("Timeout awaiting response (outbound=0KiB, …"));
        news.Tell(isUp: false);
        Assert.Equal(
            ["It does not answer", "It refuses the name or password", "The connection broke", "It does not answer"],
            log.Said.Where(line => line.Contains("away")).Select(line => line.Split(": ")[1])
        );
    }

    private static RedisConnectionException Paragraph(Exception cause) =>
        Refused(ConnectionFailureType.UnableToResolvePhysicalConnection, new string('x', 900), cause);

    private static RedisConnectionException Refused(ConnectionFailureType type, string text, Exception? cause) =>
        new(type, CommandFlags.None, text, cause, CommandStatus.Unknown);

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Said.Add(formatter(state, exception));
    }
}
