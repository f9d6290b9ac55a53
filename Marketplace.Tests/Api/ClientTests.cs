using Marketplace.Tests.Support;

namespace Marketplace.Tests.Api;

public sealed class ClientTests
{
    private const string Folder = "Api/Client";

    [NodeFact(Folder)]
    public async Task A_linter_finds_nothing_and_a_generated_client_compiles_and_talks()
    {
        await using var app = new MarketplaceApp();
        var address = app.ListenOn(0);
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        using var client = new HttpClient { BaseAddress = address };
        var document = await client.GetStringAsync("/openapi/v1.json");
        await File.WriteAllTextAsync(Path.Combine(Sources.Tests, Folder, "openapi.json"), document);
        var verdict = await RunAsync("@redocly/cli/bin/cli.js", "lint", "openapi.json", "--format=json");
        Assert.Contains("\"errors\": 0", verdict);
        Assert.Contains("\"warnings\": 0", verdict);
        await RunAsync("openapi-typescript/bin/cli.js", "openapi.json", "--output", "schema.d.ts");
        await RunAsync("typescript/bin/tsc");
        var said = await Node.RunAsync(
            Folder,
            "talk.js",
            $"{address}",
            $"{listing}",
            ana.Email,
            bruno.Email,
            MarketplaceApp.Password
        );
        Assert.Contains("talked", said);
    }

    private static Task<string> RunAsync(string program, params string[] arguments) =>
        Node.RunAsync(Folder, [$"node_modules/{program}", .. arguments]);
}
