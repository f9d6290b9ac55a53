using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Xunit.Abstractions;

namespace Marketplace.Tests.Api;

/// <summary>
/// Hostile bodies, queries and paths at every endpoint and hub method. <c>scripts/soak</c> sets MARKETPLACE_SOAK_BODIES
/// and MARKETPLACE_SOAK_SEED and sends many more. Alone, because the memory that it measures is the whole process's.
/// </summary>
[Collection(Alone.Name)]
public sealed partial class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const long MaxGrowth = 128 * 1024 * 1024;

    private static readonly int Bodies = Soak.Setting("MARKETPLACE_SOAK_BODIES", 500);
    private static readonly int Seed = Soak.Setting("MARKETPLACE_SOAK_SEED", 20261129);

    private static readonly string[] Keys =
    [
        "email",
        "password",
        "twoFactorCode",
        "refreshToken",
        "clientId",
        "body",
        "replyTo",
        "seq",
        "sign",
        "roomId",
        "x",
    ];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "null",
        "-1",
        "9223372036854775808",
        "1e999",
        "NaN",
        "\0",
        "a\0b",
        "\ud800",
        "\u202e\u2066x",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "İıſß",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "../../../etc/passwd",
        "%00%ff",
        "{{7*7}}${7*7}",
        "\r\nSet-Cookie: a=b",
        "2026-02-30T25:61:61Z",
        "0198f000-0000-7000-8000-000000000000",
        "ana@test.local",
        new string('a', 5_000),
        new string('ñ', 20_000),
        string.Concat(Enumerable.Repeat("e\u0301", 3_000)),
        new string('[', 3_000),
    ];

    private readonly MarketplaceApp app = new();
    private HttpClient program = default!;
    private HttpClient site = default!;
    private HubClient hub = default!;
    private Uri address = default!;
    private long room;

    public async Task InitializeAsync()
    {
        // A real server: the one in memory refuses some paths itself.
        address = app.ListenOn(0);
        (var ana, var bruno, room) = await app.TalkAsync();
        await ana.SaysAsync(room, "Hola");
        program = await bruno.ClientAsync();
        site = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        site.DefaultRequestHeaders.Add("Accept", "text/html");
        // Another person: some forms end the other sessions of their own.
        await site.SignInAsync(ana);
        hub = await ConnectAsync();
    }

    private Task<HubClient> ConnectAsync() =>
        HubClient.ConnectAsync(address, program.DefaultRequestHeaders.Authorization!.Parameter!);

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        site.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task No_body_query_or_path_breaks_an_endpoint_or_a_method_of_the_hub()
    {
        output.WriteLine($"Seed {Seed}, {Bodies} bodies");
        var endpoints = SiteEndpoints
            .Of(app)
            .Where(one => !one.Pattern.Contains("logout", StringComparison.Ordinal))
            .Where(one => !one.Pattern.StartsWith("/_", StringComparison.Ordinal))
            .ToArray();
        var attacks = Attack(endpoints.Length).ArrayOf(Bodies).Sample(1, new Rnd((ulong)Seed), Bodies).Single();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var attack in attacks)
        {
            var (method, pattern) = endpoints[attack.Endpoint];
            await CallHubAsync(attack);
            using var answer = await SendAsync(method, pattern, attack);
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} of {method} {pattern}: {attack}");
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaxGrowth);
    }

    private sealed record Hostile(int Endpoint, string Json, string Text, string Other, int Pick);

    private static Gen<Hostile> Attack(int endpoints) =>
        from endpoint in Gen.Choose(0, endpoints - 1)
        from json in Json(3)
        from text in Gen.Elements(Texts)
        from other in Gen.Elements(Texts)
        from pick in Gen.Choose(0, 999)
        select new Hostile(endpoint, json, text, other, pick);

    // As text, because a serializer would not write lone surrogates or numbers that are too large.
    private static Gen<string> Json(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements(Texts).Select(text => JsonSerializer.Serialize(text)),
            Gen.Elements("null", "true", "0", "-1", "1.5", "1e400", "9223372036854775807", "\"\\ud800\"", "{", "")
        );
        if (depth == 0)
            return leaf;
        var field = from key in Gen.Elements(Keys) from value in Json(depth - 1) select $"\"{key}\":{value}";
        return Gen.Frequency(
            (2, leaf),
            (1, Json(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]")),
            (6, field.ListOf(4).Select(fields => $"{{{string.Join(',', fields)}}}"))
        );
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string pattern, Hostile attack)
    {
        var isCall = SiteEndpoints.IsCall(pattern);
        var path = SiteEndpoints.Filled(pattern, before => Parameter(before, attack));
        var query =
            $"?q={Escaped(attack.Text)}&before={Escaped(attack.Other)}&after={attack.Pick}&limit={Escaped(attack.Text)}";
        using var request = new HttpRequestMessage(new HttpMethod(method), path + (attack.Pick % 3 == 0 ? "" : query));
        if (method is not "GET")
            request.Content = isCall ? Body(attack) : await FormAsync(path, attack);
        // A stream of events has headers and no end.
        return await (isCall ? program : site).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private string Parameter(string before, Hostile attack) =>
        before.EndsWith("guid}", StringComparison.Ordinal)
            ? $"{Guid.NewGuid()}"
            : (attack.Pick % 5) switch
            {
                0 => "0",
                1 => "9223372036854775807",
                2 => Escaped(attack.Other[..Math.Min(attack.Other.Length, 100)]),
                3 => "1",
                _ => room.ToString(CultureInfo.InvariantCulture),
            };

    private static HttpContent Body(Hostile attack)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(attack.Json));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            (attack.Pick % 10) switch
            {
                0 => "text/plain",
                1 => "application/xml",
                2 => "application/json; charset=utf-16",
                _ => "application/json",
            }
        );
        return content;
    }

    /// <summary>The page's own form with its token and hostile fields, or a form without one.</summary>
    private async Task<HttpContent> FormAsync(string path, Hostile attack)
    {
        var html = await (await site.GetAsync(path)).Content.ReadAsStringAsync();
        var fields = Field()
            .Matches(html)
            .Select(field => field.Groups[1].Value)
            .Distinct()
            .ToDictionary(name => name, name => name.Length % 2 == 0 ? attack.Text : attack.Other);
        fields["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value;
        if (Handler().Match(html) is { Success: true } handler && attack.Pick % 7 > 0)
            fields["_handler"] = handler.Groups[1].Value;
        return attack.Pick % 11 == 0 ? Body(attack) : new FormUrlEncodedContent(fields);
    }

    private async Task CallHubAsync(Hostile attack)
    {
        if (hub.IsClosed)
            hub = await ConnectAsync();
        var method = new[] { "Post", "MarkRead", "Typing" }[attack.Pick % 3];
        try
        {
            await hub.CallAsync(method, JsonSerializer.Deserialize<JsonElement>(attack.Json));
        }
        catch (HubException refused)
        {
            // A refusal has its code. What does not fit the method is refused by the framework.
            Assert.DoesNotContain("unexpected error", refused.Message, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is not JsonException)
        {
            // Too large to be read: the hub closes the connection.
            await Eventually.TrueAsync(() => hub.IsClosed, $"the hub closed the connection after {attack}");
        }
        catch (JsonException)
        {
            // Not JSON: only the endpoints get it.
        }
    }

    private static string Escaped(string text) =>
        Uri.EscapeDataString(
            text.Replace("\ud800", "\ufffd", StringComparison.Ordinal)[..Math.Min(text.Length, 1_000)]
        );

    [GeneratedRegex("""<(?:input|textarea|select)[^>]* name="(Form\.[^"]+)""")]
    private static partial Regex Field();

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex("""name="_handler" value="([^"]+)""")]
    private static partial Regex Handler();
}
