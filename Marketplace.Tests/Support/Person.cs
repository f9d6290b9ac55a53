using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Support;

/// <summary>A user with the scoped services of their own circuit.</summary>
public sealed record Person(
    MarketplaceApp App,
    IServiceScope Scope,
    long Id,
    string Name,
    string Email,
    ClaimsPrincipal Principal
)
{
    private readonly Dispatcher circuit = Dispatcher.CreateDefault();

    public ChatService Chat => Get<ChatService>();
    public InboxService Inbox => Get<InboxService>();
    public ListingService Listings => Get<ListingService>();
    public SupervisionService Supervision => Get<SupervisionService>();

    /// <summary>Makes this circuit one of the session that began last, such as a browser's.</summary>
    public async Task GoOnInLastSessionAsync()
    {
        await using var db = App.Look();
        var session = await db.Sessions.Where(s => s.UserId == Id).OrderByDescending(s => s.StartedAt).FirstAsync();
        var claims = Principal.Claims.Where(claim => claim.Type != "sid").Append(new("sid", $"{session.Id}"));
        Get<CurrentUser>().ActAs(new(new ClaimsIdentity(claims, "test")));
    }

    /// <summary>Opens a room as an administrator.</summary>
    public RoomSession LooksAt(long roomId) => Supervision.Open(roomId, Look.For(LookReason.Fraud, null)!, RunAsync);

    /// <summary>The newest entries of the record, without looks at the record itself.</summary>
    public async Task<IReadOnlyList<AuditView>> RecordAsync() =>
        [
            .. (await Get<AuditService>().PageAsync(AuditFilter.None)).Rows.Where(entry =>
                entry.Action is not AuditAction.RecordOpened
            ),
        ];

    public PeopleService People => Get<PeopleService>();

    public T Get<T>()
        where T : notnull => Scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>Runs a screen's events one at a time, as a circuit does.</summary>
    public Task RunAsync(Func<Task> work) => circuit.InvokeAsync(work);

    public async Task<long> SellsAsync(
        string title = "Bicicleta eléctrica",
        string price = "180",
        string place = "Madrid"
    )
    {
        var form = new ListingForm
        {
            Title = title,
            Description = "Casi nueva.",
            Price = price,
            Category = Category.Bikes,
            Place = place,
            InPerson = true,
        };
        return (await Listings.PublishAsync(form)).Value;
    }

    public async Task SettlesAsync(long listingId, ListingState state, long? personId = null)
    {
        var settled = await Get<IDeals>().SettleAsync(listingId, state, personId);
        Assert.True(settled.Succeeded, settled.Refusal?.Text);
    }

    /// <summary>Presses Contactar and returns the room's id.</summary>
    public async Task<long> ContactsAsync(long listingId)
    {
        var contact = await Get<ContactService>().ContactAsync(listingId);
        Assert.True(contact.Succeeded, contact.Refusal?.Text);
        return contact.Value.RoomId;
    }

    public async Task<long> UnreadAsync() => (await Inbox.UnreadAsync()).Sum(room => room.Unread);

    public async Task<MessageView> SaysAsync(long roomId, string text)
    {
        Outcome<SentView> sent = await Chat.SendAsync(roomId, Guid.NewGuid(), text);
        Assert.True(sent.Succeeded, sent.Refusal?.Text);
        return sent.Value.Message;
    }

    public async Task<HttpClient> ClientAsync()
    {
        var client = App.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/account/login", new { Email, MarketplaceApp.Password });
        answer.EnsureSuccessStatusCode();
        var tokens = await answer.Content.ReadFromJsonAsync<AccessTokenResponse>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens!.AccessToken);
        return client;
    }
}
