using System.Buffers.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Notifications.Push;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>By what push services know the site, and how browsers alone can read what it sends.</summary>
public sealed class VapidTests
{
    // RFC 8291, section 5. What opens it is what opens all that the tests' push service gets.
    [Fact]
    public void The_example_of_RFC_8291_is_opened()
    {
        var point = Decode("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        var number = Decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        using var browser = new PushBrowser(
            new Uri("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
            PushBrowser.Of(point, number),
            Decode("BTBZMqHH6r4Tts7J_aSIgg")
        );
        var body = Decode(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
                + "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
        Assert.Equal("When I grow up, I want to be a watermelon", browser.Decrypt(body));
    }

    // RFC 8292, section 2.4.
    [Fact]
    public void The_example_of_RFC_8292_is_believed_and_a_changed_one_is_not()
    {
        const string start = "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.";
        const string claims =
            "eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";
        const string end =
            ".i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
            + "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        Assert.Equal("https://push.example.net", PushHost.Claims(start + claims + end)?.GetProperty("aud").GetString());
        Assert.Null(PushHost.Claims(start + claims.Replace("eyJhdW", "eyJhdX") + end));
    }

    [Theory]
    [InlineData("https://push.example.net/push/x", "https://push.example.net")]
    [InlineData("https://push.example.net:443/x", "https://push.example.net")]
    [InlineData("https://push.example.net:8443/x?y", "https://push.example.net:8443")]
    public void The_token_names_the_origin_with_its_port(string endpoint, string audience)
    {
        var (pair, now) = (VapidPair.Make(), DateTimeOffset.UnixEpoch.AddDays(20_000));
        var token = PushToken.Of(new Uri(endpoint), "mailto:a@example.org", pair, now);
        var claims = PushHost.Claims($"vapid t={token}, k={pair.PublicKey}")!.Value;
        Assert.Equal(audience, claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:a@example.org", claims.GetProperty("sub").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - now.ToUnixTimeSeconds(), 1, 86_400);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_agree_on_one_pair_which_the_database_hides_and_keeps()
    {
        await using var one = new MarketplaceApp();
        await using var other = new MarketplaceApp { Folder = one.Folder, KeepsFolder = true };
        VapidKeys[] nodes = [Keys(one), Keys(other)];
        var pairs = await Task.WhenAll(nodes.Select(keys => keys.FindAsync().AsTask()));
        Assert.Equal(pairs[0], pairs[1]);
        await using var db = one.Look();
        var kept = await db.PushKeys.SingleAsync();
        Assert.Equal(pairs[0].PublicKey, kept.PublicKey);
        Assert.DoesNotContain(pairs[0].PrivateKey, kept.ProtectedPrivateKey);
        await using var later = new MarketplaceApp { Folder = one.Folder, KeepsFolder = true };
        Assert.Equal(pairs[0], await Keys(later).FindAsync());
    }

    [Fact]
    public async Task A_pair_that_cannot_be_read_any_more_is_replaced_and_its_devices_go()
    {
        await using var app = new MarketplaceApp();
        var ana = await app.JoinAsync("Ana");
        using var browser = PushBrowser.At(new Uri("https://push.example.net/x"));
        await PushSite.AddAsync(ana, browser);
        var lost = await Keys(app).FindAsync();
        await using var db = app.Look();
        await db.PushKeys.ExecuteUpdateAsync(key =>
            key.SetProperty(k => k.ProtectedPrivateKey, "of a lost certificate")
        );
        await using var later = new MarketplaceApp { Folder = app.Folder, KeepsFolder = true };
        Assert.NotEqual(lost.PublicKey, (await Keys(later).FindAsync()).PublicKey);
        Assert.Equal(1, await db.PushKeys.CountAsync());
        Assert.Empty(await ana.Get<PushService>().ListAsync());
    }

    [Theory]
    [InlineData("Push:Subject", "push@example.org", null)]
    [InlineData("Push:Subject", "http://example.org", null)]
    [InlineData("Push:Subject", "mailto:", null)]
    [InlineData("Push:PublicKey", "abc", null)]
    [InlineData(
        "Push:PrivateKey",
        null,
        "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
    )]
    [InlineData(
        "Push:PrivateKey",
        "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
        "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
    )]
    public void A_wrong_setting_is_named(string key, string? value, string? publicKey)
    {
        var problem = Assert.Throws<SettingException>(() =>
            Read(
                Environments.Production,
                new Dictionary<string, string?> { ["Push:PublicKey"] = publicKey, [key] = value }
            )
        );
        Assert.StartsWith($"Configuration {key}:", problem.Message);
        Assert.DoesNotContain("q1dXpw3UpT5VOmu", problem.Message);
    }

    [Fact]
    public void A_pair_that_belongs_together_is_taken()
    {
        var pair = VapidPair.Make();
        var settings = Read(
            Environments.Production,
            ("Push:Subject", "mailto:ana@example.org"),
            ("Push:PublicKey", pair.PublicKey),
            ("Push:PrivateKey", pair.PrivateKey)
        );
        Assert.Equal(
            ("mailto:ana@example.org", pair, false),
            (settings.Subject, settings.Keys, settings.AllowsLoopback)
        );
        Assert.DoesNotContain(pair.PrivateKey, $"{settings}");
    }

    [Fact]
    public void Without_a_subject_the_site_s_own_address_is_named_or_there_is_no_push()
    {
        Assert.Equal(
            "https://tienda.example/",
            Read(Environments.Production, ("Site:Url", "https://tienda.example")).Subject
        );
        Assert.Null(Read(Environments.Production, ("Site:Url", "http://tienda.example")).Subject);
        Assert.StartsWith("mailto:", Read(Environments.Development).Subject);
    }

    private static PushSettings Read(string environment, params (string Key, string? Value)[] settings) =>
        Read(environment, settings.ToDictionary(one => one.Key, one => one.Value));

    private static PushSettings Read(string environment, Dictionary<string, string?> settings) =>
        PushSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            new HostingEnvironment { EnvironmentName = environment }
        );

    private static VapidKeys Keys(MarketplaceApp app) => app.Services.GetRequiredService<VapidKeys>();

    private static byte[] Decode(string text) => Base64Url.DecodeFromChars(text);
}
