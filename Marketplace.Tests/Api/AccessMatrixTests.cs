using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Api;

/// <summary>
/// Who gets what from each endpoint: one row per endpoint and method in <c>access.txt</c>. An endpoint without a row
/// fails, and so does a row without an endpoint.
/// </summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    /// <summary>
    /// The columns of the table. The suspended person and the former administrator still hold the cookie and the token
    /// from before; the last column is the buyer whose proof of who they are is too old.
    /// </summary>
    private static readonly string[] Roles =
    [
        "visitor",
        "third",
        "suspended",
        "former",
        "administrator",
        "seller",
        "unproved",
        "buyer",
    ];

    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private readonly Dictionary<string, (HttpClient Site, HttpClient Program)> clients = [];
    private Dictionary<string, string> values = [];

    public AccessMatrixTests()
    {
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public async Task InitializeAsync()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        var room = await bruno.ContactsAsync(listing);
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        var (dora, eva) = (await app.JoinAsync("Dora"), await app.JoinAsync("Eva"));
        var (olga, carla) = (
            await app.JoinAsync("Olga", administrator: true),
            await app.JoinAsync("Carla", administrator: true)
        );
        await EnterAsync("unproved", bruno);
        clock.Advance(TimeSpan.FromMinutes(6));
        clients["visitor"] = (SiteClient.Visitor(app), app.CreateClient());
        foreach (
            var (role, person) in new[]
            {
                ("third", dora),
                ("suspended", eva),
                ("former", carla),
                ("administrator", olga),
                ("seller", ana),
                ("buyer", bruno),
            }
        )
            await EnterAsync(role, person);
        Assert.Null(await olga.People.ActAsync(eva.Id, AuditAction.PersonSuspended));
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        await accounts.SetAdministratorAsync((await accounts.FindByIdAsync($"{carla.Id}"))!, administrator: false);
        values = new()
        {
            ["/listings/{id"] = $"{listing}",
            ["/people/{id"] = $"{ana.Id}",
            ["{id"] = $"{room}",
            ["{roomid"] = $"{room}",
            ["{seq"] = "1",
            ["{name"] = $"{Guid.NewGuid()}",
            ["{code"] = "404",
            ["{documentname"] = "v1",
        };
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Everybody_gets_what_the_table_says()
    {
        var table = await File.ReadAllLinesAsync(Path.Combine(Sources.Tests, "Api", "access.txt"));
        var written = table
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(row => $"{row[0]} {row[1]}", row => string.Join(' ', row[2..]));
        var seen = new StringBuilder();
        foreach (var (method, pattern) in SiteEndpoints.Of(app))
        {
            var answers = new List<string>();
            foreach (var role in Roles)
                answers.Add(await AskAsync(role, method, pattern));
            var row = string.Join(' ', answers);
            if (written.Remove($"{method} {pattern}", out var expected) && expected == row)
                continue;
            seen.AppendLine(CultureInfo.InvariantCulture, $"{method, -6} {pattern, -46} {row}");
        }
        Assert.True(
            seen.Length == 0 && written.Count == 0,
            $"Not as written:\n{seen}\nNo such endpoint: {string.Join(", ", written.Keys)}"
        );
    }

    private async Task<string> AskAsync(string role, string method, string pattern)
    {
        var isCall = SiteEndpoints.IsCall(pattern);
        using var request = new HttpRequestMessage(new HttpMethod(method), SiteEndpoints.Filled(pattern, Value));
        if (method is not "GET")
            request.Content = isCall ? Body(pattern) : new FormUrlEncodedContent([]);
        var answer = await (isCall ? clients[role].Program : clients[role].Site).SendAsync(request);
        var to = answer.LeadsTo();
        return to is null ? $"{(int)answer.StatusCode}"
            : to.StartsWith("/account/login", StringComparison.Ordinal) ? "login"
            : to.StartsWith("/account/manage/proof", StringComparison.Ordinal) ? "proof"
            : $"{(int)answer.StatusCode}";
    }

    private static JsonContent Body(string pattern) =>
        pattern switch
        {
            "/api/rooms/{id:long}/messages" => JsonContent.Create(new { clientId = Guid.NewGuid(), body = "Hola" }),
            "/api/rooms/{id:long}/messages/{seq:long}" => JsonContent.Create(new { body = "Hola otra vez" }),
            "/api/rooms/{id:long}/messages/{seq:long}/reaction" => JsonContent.Create(new { sign = "👍" }),
            "/api/rooms/{id:long}/read" => JsonContent.Create(new { seq = 1 }),
            _ => JsonContent.Create(new { }),
        };

    // By the longest name that fits.
    private string Value(string before) =>
        values
            .OrderByDescending(one => one.Key.Length)
            .FirstOrDefault(one => before.Contains(one.Key, StringComparison.OrdinalIgnoreCase))
            .Value
        ?? "x";

    private async Task EnterAsync(string role, Person person)
    {
        var program = await person.ClientAsync();
        clients[role] = (await SiteClient.SignedInAsync(app, person), program);
    }
}
