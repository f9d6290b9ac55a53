using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>A message that a push service got, opened by the browser that it is for.</summary>
public sealed record Pushed(PushBrowser To, string? Topic, string Urgency, int Ttl, JsonElement Claims, string Json)
{
    public JsonElement Notification { get; } = JsonDocument.Parse(Json).RootElement.GetProperty("notification");

    public string Title => Notification.GetProperty("title").GetString()!;
    public string Body => Notification.GetProperty("body").GetString()!;
    public string Tag => Notification.GetProperty("tag").GetString()!;
    public long Id => Notification.GetProperty("data").GetProperty("id").GetInt64();
    public long? Badge => JsonDocument.Parse(Json).RootElement.GetProperty("app_badge").GetInt64();

    public IEnumerable<string> Read =>
        Notification.GetProperty("data").GetProperty("read").EnumerateArray().Select(tag => tag.GetString()!);
}

/// <summary>A push service on this machine. It takes what a real one takes, and refuses what a real one refuses.</summary>
public sealed class PushHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, PushBrowser> browsers = new();

    public PushHost(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/push/{id}", TakeAsync);
        app.Start();
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }

    /// <summary>How often anybody came.</summary>
    public int Asked { get; private set; }

    public ConcurrentQueue<Pushed> Received { get; } = new();

    /// <summary>What it does after it has read a message; null: it accepts.</summary>
    public Func<HttpContext, Pushed, Task<int?>>? Rule { get; set; }

    public int Answers
    {
        set => Rule = (_, _) => Task.FromResult<int?>(value);
    }

    public PushBrowser Subscribe()
    {
        var id = Guid.NewGuid().ToString("N");
        return browsers[id] = PushBrowser.At(new Uri(Address, $"/push/{id}"));
    }

    public IEnumerable<Pushed> At(PushBrowser browser) => Received.Where(one => one.To == browser);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var browser in browsers.Values)
            browser.Dispose();
    }

    /// <summary>Null unless the token is signed by the key that is named with it.</summary>
    public static JsonElement? Claims(string? authorization)
    {
        var parts = authorization!["vapid ".Length..].Split(',', StringSplitOptions.TrimEntries);
        var (token, key) = (parts[0]["t=".Length..].Split('.'), parts[1]["k=".Length..]);
        using var signer = ECDsa.Create(PushBrowser.Of(Base64Url.DecodeFromChars(key)));
        var said = Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}");
        return signer.VerifyData(said, Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256)
            ? JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement
            : null;
    }

    private async Task<IResult> TakeAsync(string id, HttpContext http)
    {
        Asked++;
        if (!browsers.TryGetValue(id, out var browser))
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        if (Claims(http.Request.Headers.Authorization) is not { } claims || !IsGood(claims))
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        var headers = http.Request.Headers;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (headers.ContentEncoding != "aes128gcm" || body.Length > 4096 || !int.TryParse(headers["TTL"], out var ttl))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        var urgency = headers["Urgency"].FirstOrDefault() ?? "normal";
        var got = new Pushed(browser, headers["Topic"], urgency, ttl, claims, browser.Decrypt(body.ToArray()));
        if (Rule is { } rule && await rule(http, got) is { } status)
            return TypedResults.StatusCode(status);
        Received.Enqueue(got);
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    private bool IsGood(JsonElement claims)
    {
        var left = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) - clock.GetUtcNow();
        return claims.GetProperty("aud").GetString() == Address.GetLeftPart(UriPartial.Authority)
            && left > TimeSpan.Zero
            && left <= TimeSpan.FromHours(24)
            && claims.GetProperty("sub").GetString() is { } subject
            && (subject.StartsWith("mailto:") || subject.StartsWith("https://"));
    }
}
