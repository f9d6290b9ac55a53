using Marketplace.Tests.Support;

namespace Marketplace.Tests.Browser;

/// <summary>Rosa sells and Teo asks: two people of this test only.</summary>
public sealed record Talk(Person Rosa, Person Teo, long ListingId, long RoomId)
{
    public string Url => $"/messages/{RoomId}";

    public static async Task<Talk> BeginAsync(Site site, string title, int said = 1)
    {
        var (rosa, teo) = (await site.App.JoinAsync("Rosa"), await site.App.JoinAsync("Teo"));
        var listing = await rosa.SellsAsync(title);
        var talk = new Talk(rosa, teo, listing, await teo.ContactsAsync(listing));
        for (var i = 1; i <= said; i++)
            await teo.SaysAsync(talk.RoomId, $"¿Sigue a la venta? ({i})");
        return talk;
    }

    public async Task<long> AsksAsync(Person person, string text, long? listingId = null)
    {
        var room = await person.ContactsAsync(listingId ?? ListingId);
        await person.SaysAsync(room, text);
        return room;
    }
}
