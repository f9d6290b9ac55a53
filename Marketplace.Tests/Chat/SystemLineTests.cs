using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;

namespace Marketplace.Tests.Chat;

public sealed class SystemLineTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person dora = default!;
    private Person carla = default!;
    private long sold;
    private long missed;

    public async Task InitializeAsync()
    {
        (ana, bruno, dora) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"), await app.JoinAsync("Dora"));
        carla = await app.JoinAsync("Carla", administrator: true);
        var listing = await ana.SellsAsync();
        (sold, missed) = (await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing));
        await dora.SaysAsync(missed, "¿Sigue disponible?");
        foreach (var deal in new[] { Settling.Reserve, Settling.Release, Settling.Sell })
            Assert.Null((await ana.Get<DealService>().MakeAsync(sold, deal)).Refusal);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Seller_buyer_and_administrator_each_read_who_settled_what_with_whom()
    {
        Assert.Equal(
            [
                "Has reservado el artículo para Bruno",
                "Has vuelto a poner el artículo a la venta",
                "Has marcado el artículo como vendido a Bruno",
            ],
            await ReadAsync(ana, sold)
        );
        Assert.Equal(
            [
                "Ana te ha reservado el artículo",
                "Ana ha vuelto a poner el artículo a la venta",
                "Ana te ha vendido el artículo",
            ],
            await ReadAsync(bruno, sold)
        );
        Assert.Equal(
            [
                "Ana ha reservado el artículo para Bruno",
                "Ana ha vuelto a poner el artículo a la venta",
                "Ana ha vendido el artículo a Bruno",
            ],
            await ReadAsync(carla, sold)
        );
    }

    [Fact]
    public async Task A_sale_to_somebody_else_is_told_to_each_reader_in_their_own_words()
    {
        const string told = "Hemos avisado a Dora de que el artículo se ha vendido a otra persona";
        Assert.Equal([told], await ReadAsync(ana, missed));
        Assert.Equal(
            ["El artículo se ha vendido a otra persona. ¡Gracias por tu interés!"],
            await ReadAsync(dora, missed)
        );
        Assert.Equal([told], await ReadAsync(carla, missed));
    }

    private async Task<string[]> ReadAsync(Person reader, long room)
    {
        var supervises = reader == carla;
        using var open = supervises ? reader.LooksAt(room) : reader.Chat.Open(room, reader.RunAsync);
        Assert.True(await open.LoadAsync());
        await using var screen = new Screen(reader);
        // Supervision shows the buyer's side of the log.
        var log = screen.Render<MessageLog>(p =>
            p.Add(l => l.Open, open)
                .Add(l => l.Me, supervises ? open.Room!.Buyer.Id : reader.Id)
                .Add(l => l.IsSupervised, supervises)
        );
        return [.. log.FindAll(".happened > span").Select(line => line.TextContent)];
    }
}
