using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Api;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Api;

/// <summary>
/// Who gets what from each endpoint: one row per endpoint and method, and per method of the hub, in <c>access.txt</c>.
/// </summary>
public sealed partial class AccessMatrixTests : IAsyncLifetime
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
        "auditor",
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
        var vera = await app.JoinAsync("Vera", auditor: true);
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
                ("auditor", vera),
                ("administrator", olga),
                ("seller", ana),
                ("buyer", bruno),
            }
        )
            await EnterAsync(role, person);
        Assert.Null(await olga.People.ActAsync(eva.Id, AuditAction.PersonSuspended, "Prueba"));
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        await accounts.SetRoleAsync(
            (await accounts.FindByIdAsync($"{carla.Id}"))!,
            Web.Accounts.Roles.Administrator,
            granted: false
        );
        values = new()
        {
            ["/listings/{id"] = $"{listing}",
            ["/people/{id"] = $"{ana.Id}",
            ["{personid"] = $"{eva.Id}",
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
        var table = new AccessTable("access.txt", keys: 2);
        foreach (var method in HubMethods)
            table.Saw($"HUB    {method, -46}", await RowAsync(role => CallAsync(role, method)));
        foreach (var (method, pattern) in SiteEndpoints.Of(app))
            table.Saw($"{method, -6} {pattern, -46}", await RowAsync(role => AskAsync(role, method, pattern)));
        table.Check();
    }

    private static IEnumerable<string> HubMethods =>
        typeof(ChatHub)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method)
            .Select(method => method.Name);

    private static async Task<string> RowAsync(Func<string, Task<string>> ask)
    {
        var answers = new List<string>();
        foreach (var role in Roles)
            answers.Add(await ask(role));
        return string.Join(' ', answers);
    }

    private async Task<string> CallAsync(string role, string method)
    {
        var token = clients[role].Program.DefaultRequestHeaders.Authorization?.Parameter ?? "";
        var room = long.Parse(values["{roomid"], CultureInfo.InvariantCulture);
        var call = new
        {
            roomId = room,
            clientId = Guid.NewGuid(),
            body = "Hola",
            seq = 1,
        };
        try
        {
            await using var hub = await HubClient.ConnectAsync(app, token);
            await hub.CallAsync(method, call);
            return "ok";
        }
        catch (HubException error)
        {
            return error.Message.Split(':')[0];
        }
        // The connection in memory tells so that it was refused.
        catch (InvalidOperationException refused)
        {
            return Status().Match(refused.Message).Value;
        }
    }

    private async Task<string> AskAsync(string role, string method, string pattern)
    {
        var isCall = SiteEndpoints.IsCall(pattern);
        using var request = new HttpRequestMessage(new HttpMethod(method), SiteEndpoints.Filled(pattern, Value));
        if (method is not "GET")
            request.Content = isCall ? Body(pattern) : new FormUrlEncodedContent([]);
        // A stream of events has headers and no end.
        using var answer = await (isCall ? clients[role].Program : clients[role].Site).SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );
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
            "/api/rooms/{id:long}/mute" => JsonContent.Create(new { minutes = 0 }),
            "/api/rooms/{id:long}/read" => JsonContent.Create(new { seq = 1 }),
            "/api/rooms/{id:long}/rating" => JsonContent.Create(new { stars = 5 }),
            _ => JsonContent.Create(new { }),
        };

    [GeneratedRegex("\\d{3}")]
    private static partial Regex Status();

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
