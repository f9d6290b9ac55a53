using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Web.Api;

/// <param name="ReplyTo">The seq of the message that this one answers.</param>
public sealed record PostCall(long RoomId, Guid ClientId, string? Body, long? ReplyTo = null);

public sealed record MarkReadCall(long RoomId, long? Seq);

public sealed record TypingCall(long RoomId);

public sealed record DealActCall(long RoomId, DealCall? Act);

public interface IChatClient
{
    Task MessagePosted(MessageView message);

    Task MessageChanged(MessageView message);

    Task RoomRead(RoomRead read);

    Task Typing(Typing typing);
}

/// <summary>
/// The chat for programs. A connection receives the events of all rooms of its user and closes when the account loses
/// access. Errors read <c>code: sentence</c>.
/// </summary>
[Authorize]
public sealed class ChatHub(
    ChatService chat,
    DealService deals,
    CurrentUser currentUser,
    InboxService inbox,
    Broadcaster broadcaster,
    Presence presence,
    IHubContext<ChatHub, IChatClient> clients
) : Hub<IChatClient>
{
    private const string Listening = nameof(Listening);

    public async Task<MessageView> Post(PostCall call)
    {
        var sent = await chat.SendAsync(call.RoomId, call.ClientId, call.Body, call.ReplyTo);
        return sent.Succeeded ? sent.Value.Message : throw Error(sent.Refusal);
    }

    public async Task MarkRead(MarkReadCall call) => Check(await chat.MarkReadAsync(call.RoomId, call.Seq ?? -1));

    public async Task Typing(TypingCall call) => Check(await chat.TypingAsync(call.RoomId));

    public async Task<Deal> Deal(DealActCall call)
    {
        var made = await deals.DoAsync(call.RoomId, call.Act ?? new(Guid.Empty, null));
        return made.Succeeded ? made.Value : throw Error(made.Refusal);
    }

    public override async Task OnConnectedAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
        {
            Context.Abort();
            return;
        }
        var (connection, client) = (Context, clients.Clients.Client(Context.ConnectionId));
        var rooms = await inbox.ListenAsync(told => TellAsync(client, connection, told));
        var account = broadcaster.Subscribe(
            [AccountTopics.Account(me.Id)],
            async _ =>
            {
                // Checked like a call: a changed role or suspension ends the connection.
                if (await currentUser.FindAsync() is null)
                    connection.Abort();
            }
        );
        Context.Items[Listening] = new[] { rooms, account, presence.Enter(me.Id) };
        // The account may have changed before the subscription.
        if (await currentUser.FindAsync() is null)
            connection.Abort();
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[Listening] is IDisposable?[] listening)
            foreach (var subscription in listening)
                subscription?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }

    private Task TellAsync(IChatClient client, HubCallerContext connection, object told)
    {
        switch (told)
        {
            case MessagePosted posted:
                return client.MessagePosted(posted.Message);
            case MessageChanged changed:
                return client.MessageChanged(changed.Message);
            case RoomRead read:
                return WhereMayHearAsync(read, () => client.RoomRead(read with { Position = null }));
            case Chat.Typing typing:
                return WhereMayHearAsync(typing, () => client.Typing(typing));
            case Missed:
                // Events were lost: the client comes back, and catches up by rev. An abort would tell it to stay away.
                connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
                break;
        }
        return Task.CompletedTask;
    }

    private async Task WhereMayHearAsync(object told, Func<Task> tell)
    {
        if (await currentUser.FindAsync() is { } me && me.MayHear(told))
            await tell();
    }

    private static void Check(Refusal? refusal)
    {
        if (refusal is not null)
            throw Error(refusal);
    }

    private static HubException Error(Refusal refusal) => new($"{refusal.Code()}: {refusal.Text}");
}
