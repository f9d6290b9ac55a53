using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Safety;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Tests.Safety;

/// <summary>Blocking from the profile, from one's own list, and by programs.</summary>
public sealed class BlockPagesTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task From_a_profile_one_is_asked_first_and_can_take_it_back_there()
    {
        var (ana, bruno, _) = await app.TalkAsync();
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var profile = $"/people/{bruno.Id}";
        Assert.Contains($"href=\"{profile}/block\"", await hers.GetStringAsync(profile));
        Assert.Contains("¿Bloquear a Bruno?", await hers.GetStringAsync($"{profile}/block"));
        var answer = await hers.SubmitAsync($"{profile}/block", Form(blocks: true));
        Assert.Equal(profile, answer.LeadsTo());
        Assert.Contains("Has bloqueado a Bruno.", await hers.GetStringAsync(profile));
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.DoesNotContain("bloqueado", await his.GetStringAsync($"/people/{ana.Id}"));
        Assert.Contains("¿Desbloquear a Bruno?", await hers.GetStringAsync($"{profile}/block"));
        await hers.SubmitAsync($"{profile}/block", Form(blocks: false));
        // Pressed in another tab, too.
        await hers.SubmitAsync($"{profile}/block", Form(blocks: false));
        Assert.Empty(await ana.Get<BlockService>().ListAsync());

        static Dictionary<string, string> Form(bool blocks) =>
            new() { ["_handler"] = "block", ["Form.Blocks"] = blocks ? "true" : "false" };
    }

    [Fact]
    public async Task Whoever_blocks_and_unblocks_without_end_has_to_wait()
    {
        await using var limited = new MarketplaceApp
        {
            Settings = { ["Limits:Enabled"] = "true", ["Limits:Block"] = "2" },
        };
        var (ana, bruno) = (await limited.JoinAsync("Ana"), await limited.JoinAsync("Bruno"));
        Assert.Null(await ana.Get<BlockService>().BlockAsync(bruno.Id));
        Assert.Null(await ana.Get<BlockService>().UnblockAsync(bruno.Id));
        Assert.NotNull((await ana.Get<BlockService>().BlockAsync(bruno.Id))?.RetryAfter);
        Assert.Null(await bruno.Get<BlockService>().BlockAsync(ana.Id));
    }

    [Fact]
    public async Task Nobody_is_offered_to_block_themselves_and_a_visitor_nobody()
    {
        var ana = await app.JoinAsync("Ana");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        Assert.DoesNotContain("/block\"", await hers.GetStringAsync($"/people/{ana.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"/people/{ana.Id}/block")).StatusCode);
        Assert.DoesNotContain("/block\"", await SiteClient.Visitor(app).GetStringAsync($"/people/{ana.Id}"));
    }

    [Fact]
    public async Task The_list_of_ones_account_ends_a_block()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await ana.Get<BlockService>().BlockAsync(bruno.Id);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        const string list = "/account/manage/blocks";
        Assert.Contains("Desbloquear a Bruno", await hers.GetStringAsync(list));
        var form = new Dictionary<string, string> { ["_handler"] = "blocks", ["Form.Person"] = $"{bruno.Id}" };
        Assert.Equal($"{list}?saved=true", (await hers.SubmitAsync(list, form)).LeadsTo());
        Assert.Contains("No has bloqueado a nadie", await hers.GetStringAsync(list));
        await bruno.SaysAsync(room, "Hola");
    }

    [Fact]
    public async Task Programs_block_list_and_unblock_and_are_refused_without_a_reason()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var table = await ana.SellsAsync("Mesa");
        using var hers = await ana.ClientAsync();
        using var his = await bruno.ClientAsync();
        var address = $"/api/account/blocks/{bruno.Id}";
        Assert.Equal(HttpStatusCode.NoContent, (await hers.PutAsync(address, null)).StatusCode);
        var list = await hers.GetFromJsonAsync<JsonElement>("/api/account/blocks");
        var blocked = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (bruno.Id, "Bruno"),
            (blocked.GetProperty("id").GetInt64(), blocked.GetProperty("name").GetString())
        );
        Assert.EndsWith("Z", blocked.GetProperty("at").GetString());
        var posted = await his.PostAsJsonAsync(
            $"/api/rooms/{room}/messages",
            new { clientId = Guid.NewGuid(), body = "Hola" }
        );
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        Assert.DoesNotContain("block", await posted.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, (await his.PostAsync($"/api/listings/{table}/rooms", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await hers.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await hers.DeleteAsync(address)).StatusCode);
        await bruno.SaysAsync(room, "Hola");
    }

    [Fact]
    public async Task The_hub_refuses_as_the_calls_do()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await ana.Get<BlockService>().BlockAsync(bruno.Id);
        var token = (await bruno.ClientAsync()).DefaultRequestHeaders.Authorization!.Parameter!;
        await using var his = await HubClient.ConnectAsync(app, token);
        var refused = await Assert.ThrowsAsync<HubException>(() =>
            his.CallAsync(
                "Post",
                new
                {
                    roomId = room,
                    clientId = Guid.NewGuid(),
                    body = "Hola",
                }
            )
        );
        Assert.StartsWith("invalid: ", refused.Message);
    }
}
