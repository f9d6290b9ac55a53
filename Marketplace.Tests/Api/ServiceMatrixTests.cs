using System.Collections;
using System.Reflection;
using System.Security.Claims;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Admin.Transparency;
using Marketplace.Web.Admin.Wall;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Api;

/// <summary>
/// Who gets what from each service behind the live pages: one row per public method in <c>access-services.txt</c>, and
/// one per method that browsers call by name, with the services that it leads to.
/// </summary>
public sealed class ServiceMatrixTests : IAsyncLifetime
{
    private static readonly string[] Roles =
    [
        "visitor",
        "third",
        "suspended",
        "former",
        "auditor",
        "administrator",
        "seller",
        "buyer",
    ];

    /// <summary>Found in names, messages and rooms alike.</summary>
    private const string Word = "Bruno";

    private readonly MarketplaceApp app = new();
    private Person eva = default!;
    private Person carla = default!;

    private sealed record Story(Person Seller, Person Buyer, long Room, long Listing, MessageView Message);

    public async Task InitializeAsync()
    {
        eva = await app.JoinAsync("Eva");
        carla = await app.JoinAsync("Carla", administrator: true);
        var olga = await app.JoinAsync("Olga", administrator: true);
        Assert.Null(await olga.People.ActAsync(eva.Id, AuditAction.PersonSuspended, "Prueba"));
        Assert.Null(await olga.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "Prueba"));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Everybody_gets_what_the_table_says()
    {
        var table = new AccessTable("access-services.txt", keys: 1);
        using var scope = app.Services.CreateScope();
        var entries = new CircuitEntries(scope.ServiceProvider).Methods;
        foreach (var method in entries)
        {
            var (answers, story) = (new List<string>(), await TellAsync());
            foreach (var role in Roles)
            {
                // Who may change the story gets one of their own.
                if (role is "seller" or "buyer")
                    story = await TellAsync();
                answers.Add(await AskAsync(role, method, story));
            }
            table.Saw($"{CircuitEntries.Name(method), -61}", string.Join(' ', answers));
        }
        foreach (var method in CircuitEntries.OfBrowsers)
        {
            var reached = Calls.Reached(method, entries).Select(CircuitEntries.Name).Order(StringComparer.Ordinal);
            table.Saw(
                $"{CircuitEntries.Name(method), -61}",
                $"-> {string.Join(' ', reached.DefaultIfEmpty("nothing"))}"
            );
        }
        table.Check();
    }

    private async Task<string> AskAsync(string role, MethodInfo method, Story story)
    {
        using var nobody = app.Services.CreateScope();
        var services = (await WhoAsync(role, story))?.Scope.ServiceProvider ?? nobody.ServiceProvider;
        var target = await TargetAsync(method.DeclaringType!, services, story);
        var values = method.GetParameters().Select(parameter => Value(parameter, services, story)).ToArray();
        try
        {
            var result = await ResultAsync(method.Invoke(target, values));
            return await SaidAsync(target, result ?? (SaysOnlyWhyNot(method.ReturnType) ? true : null));
        }
        catch (Exception)
        {
            return "throws";
        }
    }

    private static bool SaysOnlyWhyNot(Type returned) => returned == typeof(void) || returned == typeof(Task<Refusal?>);

    private async Task<Story> TellAsync()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        var room = await bruno.ContactsAsync(listing);
        var message = await bruno.SaysAsync(room, Word);
        Assert.True(await ana.Get<MembershipService>().KeepDraftAsync(room, "Sigue a la venta"));
        Assert.Null(await ana.Get<QuickReplyService>().KeepAsync("hola", "Hola"));
        return new(ana, bruno, room, listing, message);
    }

    private async Task<Person?> WhoAsync(string role, Story story) =>
        role switch
        {
            "visitor" => null,
            // These two still hold the session from before.
            "suspended" => eva,
            "former" => carla,
            "seller" => story.Seller,
            "buyer" => story.Buyer,
            _ => await app.JoinAsync("Vera", administrator: role == "administrator", auditor: role == "auditor"),
        };

    private static async Task<object> TargetAsync(Type type, IServiceProvider services, Story story)
    {
        if (type == typeof(InboxSession))
            return services.GetRequiredService<InboxService>().Open(run: null);
        if (type == typeof(OffersSession))
            return services.GetRequiredService<OffersService>().Open(story.Listing, run: null);
        if (type == typeof(WallSession))
            return services.GetRequiredService<WallService>().Open(Look.For(LookReason.Fraud, null)!, RunAsync);
        if (type != typeof(RoomSession))
            return services.GetRequiredService(type);
        var session = services.GetRequiredService<ChatService>().Open(story.Room, run: null);
        await session.LoadAsync();
        return session;
    }

    private static Task RunAsync(Func<Task> work) => work();

    private static object? Value(ParameterInfo parameter, IServiceProvider services, Story story) =>
        (parameter.Name, parameter.ParameterType) switch
        {
            ("roomId", _) => story.Room,
            ("roomIds", _) => new[] { story.Room },
            ("listingId", _) => story.Listing,
            ("personId" or "id", _) => story.Buyer.Id,
            ("sign", _) => "👍",
            ("year", _) => TransparencyService.FirstYear,
            _ when parameter.HasDefaultValue => parameter.DefaultValue,
            ("limit" or "stars", _) => 1,
            ("seq", _) => 1L,
            ("rows", _) => Array.Empty<InboxRowView>(),
            (_, var type) when type == typeof(string) => Word,
            (_, var type) when type == typeof(bool) => true,
            (_, var type) when type == typeof(Guid) => Guid.NewGuid(),
            (_, var type) when type == typeof(AuditAction) => AuditAction.AuditorGranted,
            (_, var type) when type == typeof(DealAct) => new Withdraw(),
            (_, var type) when type == typeof(DealCall) => new DealCall(Guid.NewGuid(), DealActName.Withdraw),
            (_, var type) when type == typeof(ListingState) => ListingState.Reserved,
            (_, var type) when type == typeof(AuditFilter) => AuditFilter.None,
            (_, var type) when type == typeof(RoomFilter) => new RoomFilter(Shelf: RoomShelf.Today),
            (_, var type) when type == typeof(NoteTarget) => new NoteTarget(RoomId: story.Room),
            (_, var type) when type == typeof(ReportTarget) => new ReportTarget(ReportKind.Message, story.Room, 1),
            (_, var type) when type == typeof(Verdict) => Verdict.OnOwnInitiative(
                ReportOutcome.Warning,
                HouseRule.Spam,
                Word
            ),
            (_, var type) when type == typeof(Look) => Look.For(LookReason.Fraud, null),
            (_, var type) when type == typeof(MessageRange) => new MessageRange(),
            (_, var type) when type == typeof(MessageView) => story.Message,
            (_, var type) when type == typeof(ClaimsPrincipal) => new ClaimsPrincipal(),
            (_, var type) when type == typeof(RoomReader) => new MemberReader(
                services.GetRequiredService<CurrentUser>(),
                story.Room
            ),
            (_, var type) when type == typeof(Func<object, Task>) => (object _) => Task.CompletedTask,
            (_, { IsValueType: true } type) => Activator.CreateInstance(type),
            _ => null,
        };

    private static async Task<object?> ResultAsync(object? returned)
    {
        if (returned?.GetType().GetMethod("AsTask") is { } asTask)
            returned = asTask.Invoke(returned, null);
        if (returned is not Task task)
            return returned;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    private static async Task<string> SaidAsync(object target, object? result) =>
        (target, result) switch
        {
            (_, Refusal refusal) => $"{refusal.Kind}".ToLowerInvariant(),
            (_, RoomSession opened) => await opened.LoadAsync() ? "ok" : "empty",
            (_, InboxSession opened) => await SaidAsync(opened, null),
            (_, OffersSession opened) => await opened.LoadAsync() ? "ok" : "empty",
            (_, WallSession opened) => await opened.LoadAsync(WallOrder.Newest) ? "ok" : "empty",
            (WallSession session, not bool) => session.Tiles.Count == 0 ? "empty" : "ok",
            (RoomSession session, not bool) => session.Room is null ? "empty" : "ok",
            (InboxSession session, _) => await RowsAsync(session) == 0 ? "empty" : "ok",
            (_, null or false) => "empty",
            (_, IEnumerable some) => some.Cast<object>().Any() ? "ok" : "empty",
            _ when Part(result, "Refusal") is { } refusal => await SaidAsync(target, refusal),
            _ when Part(result, "Rows") is { } rows => await SaidAsync(target, rows),
            _ => "ok",
        };

    private static object? Part(object whole, string name) => whole.GetType().GetProperty(name)?.GetValue(whole);

    private static async Task<int> RowsAsync(InboxSession session)
    {
        await session.LoadAsync();
        return session.Rows.Count;
    }
}
