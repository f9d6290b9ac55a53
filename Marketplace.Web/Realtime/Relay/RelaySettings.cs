using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Web.Shared;
using StackExchange.Redis;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>Several nodes are one site over Redis; without <c>Relay:Redis</c> this process is the whole site.</summary>
/// <param name="Channel">What the site's nodes share, where others use the same Redis.</param>
public sealed partial record RelaySettings(ConfigurationOptions Redis, string Channel)
{
    public const string DefaultChannel = "marketplace";

    /// <summary>
    /// Seconds and milliseconds, unless others are set. By the client's own a line that has gone silent is given up after a
    /// minute, because the subscribing side alone is hardly asked.
    /// </summary>
    private const string Patience = "keepAlive=1,connectTimeout=1000,asyncTimeout=500,syncTimeout=500";

    /// <summary>Null if no relay is set.</summary>
    public static RelaySettings? Read(IConfiguration configuration)
    {
        if (configuration["Relay:Redis"]?.Trim() is not { Length: > 0 } redis)
            return null;
        var options = Parse(redis);
        // A node starts, and goes on, without it; nothing waits in memory for its return.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new ExponentialRetry(250, 1_000);
        options.ClientName = "marketplace";
        return new(options, ReadChannel(configuration["Relay:Channel"]));
    }

    // Empty is no default: where others use the same Redis, it would be theirs.
    private static string ReadChannel(string? read) =>
        read is null ? DefaultChannel
        : Name().IsMatch(read) ? read
        : throw new SettingException("Relay:Channel", read, "1 to 100 letters, digits and . _ : -");

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,100}\z")]
    private static partial Regex Name();

    // What was read may hold a password, and is not repeated.
    private static ConfigurationOptions Parse(string redis)
    {
        try
        {
            var options = ConfigurationOptions.Parse($"{Patience},{redis}");
            if (options.EndPoints.Count > 0 && options.EndPoints.All(CanBe))
                return options;
        }
        catch (ArgumentException)
        {
            // Answered below.
        }
        throw new SettingException(
            "Relay:Redis",
            "…",
            "as StackExchange.Redis writes it, such as 10.0.0.5:6379,ssl=true"
        );
    }

    // A name may be known later; an address with a scheme or a space is no name.
    private static bool CanBe(EndPoint broker) =>
        broker is not DnsEndPoint { Host: var host } || Uri.CheckHostName(host) is UriHostNameType.Dns;
}
