using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>Those who asked about a listing, as its seller's open page shows them. Each read asks again whose it is.</summary>
public sealed class OffersSession(OffersService offers, long listingId, Func<Func<Task>, Task>? run) : IDisposable
{
    private readonly LiveSubscription live = new();

    /// <summary>Null until it is loaded, and for everybody but the seller.</summary>
    public OffersView? View { get; private set; }

    public async Task<bool> LoadAsync()
    {
        if (live.IsDisposed)
            return false;
        if (run is not null)
            live.Hold(
                await offers.ListenAsync(
                    listingId,
                    told => IsOfThis(told) ? run(() => live.ReceiveAsync(ReadAsync)) : Task.CompletedTask
                )
            );
        await ReadAsync();
        live.Loaded();
        return View is not null;
    }

    public void Dispose() => live.Dispose();

    private async Task ReadAsync() => View = await offers.FindAsync(listingId);

    private bool IsOfThis(object told) =>
        told switch
        {
            // An offer may lift a room into the part that is shown.
            MessagePosted { Message: var message } => message.Seq == 1
                || message.Kind is not MessageKind.Text
                || IsShown(message.RoomId),
            RoomRestricted restricted => IsShown(restricted.Room.RoomId),
            ListingChanged or Missed => true,
            _ => false,
        };

    private bool IsShown(long roomId) => View?.Rows.Any(row => row.RoomId == roomId) is true;
}
