using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>After a sale both say how it went; neither learns what the other said before both have, or a week is over.</summary>
public sealed class RatingTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long listing;
    private long room;

    public RatingTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        listing = await ana.SellsAsync(price: "700");
        room = await bruno.ContactsAsync(listing);
        await bruno.SaysAsync(room, "Hola");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_rating_is_hidden_until_both_have_rated()
    {
        Assert.Equal(RefusalKind.Conflict, (await RateAsync(bruno, 5)).Refusal!.Kind);
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        Assert.Equal(new SaidView(2, null), (await RateAsync(bruno, 2)).Value!.Mine);
        Assert.Equal(new SaidView(5, "Muy amable"), (await RateAsync(bruno, 5, " Muy\namable\u200b ")).Value!.Mine);
        Assert.Equal(new(1, 0, 0), await StandingAsync(ana));
        var hers = (await ana.Get<RatingService>().FindAsync(room))!;
        Assert.Equal((false, null, null), (hers.AreShown, hers.Mine, hers.Theirs));

        var both = (await RateAsync(ana, 4)).Value!;
        Assert.Equal(
            (true, new SaidView(4, null), new SaidView(5, "Muy amable")),
            (both.AreShown, both.Mine, both.Theirs)
        );
        Assert.Equal(new(1, 1, 5), await StandingAsync(ana));
        Assert.Equal(new(1, 1, 4), await StandingAsync(bruno));
        var shown = Assert.Single(await app.Services.GetRequiredService<IRatings>().LastAsync(ana.Id));
        Assert.Equal((5, "Muy amable", false), (shown.Stars, shown.Line, shown.IsBySeller));
        Assert.Equal(RefusalKind.Conflict, (await RateAsync(bruno, 1)).Refusal!.Kind);
        var page = await app.CreateClient().GetStringAsync($"/people/{ana.Id}");
        Assert.Contains("5 de 5 (1 valoración)", page);
        Assert.Contains("Ha cerrado 1 trato", page);
        Assert.Contains("Muy amable", page);
        Assert.Contains("5 de 5 (1 valoración)", await app.CreateClient().GetStringAsync($"/listings/{listing}"));
    }

    [Fact]
    public async Task After_seven_days_what_one_said_shows_and_nobody_can_answer_it()
    {
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        await RateAsync(bruno, 3);
        clock.Advance(Rating.Window - TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await StandingAsync(ana)).Ratings);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new(1, 1, 3), await StandingAsync(ana));
        Assert.Equal(RefusalKind.Conflict, (await RateAsync(ana, 1)).Refusal!.Kind);
        Assert.Equal(3, (await ana.Get<RatingService>().FindAsync(room))!.Theirs!.Stars);
    }

    [Fact]
    public async Task A_sale_that_is_taken_back_hides_its_ratings_and_a_new_one_begins_anew()
    {
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        await RateAsync(bruno, 5);
        await RateAsync(ana, 5);
        await ana.SettlesAsync(listing, ListingState.Active);
        Assert.Equal(new(0, 0, 0), await StandingAsync(ana));
        Assert.Null(await ana.Get<RatingService>().FindAsync(room));
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        Assert.Equal(new(1, 1, 5), await StandingAsync(ana));
    }

    [Fact]
    public async Task What_is_said_is_bounded_and_a_stranger_says_nothing()
    {
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        foreach (var (stars, line) in new[] { (0, ""), (6, ""), (3, new string('x', 201)), (3, "a\0b"), (3, "\ud800") })
            Assert.Equal(RefusalKind.Invalid, (await RateAsync(bruno, stars, line)).Refusal!.Kind);
        var dora = await app.JoinAsync("Dora");
        Assert.Equal(RefusalKind.NotFound, (await RateAsync(dora, 1)).Refusal!.Kind);
        Assert.Null(await dora.Get<RatingService>().FindAsync(room));
    }

    [Fact]
    public async Task The_administration_sees_what_is_hidden_and_whoever_leaves_takes_their_words_along()
    {
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        await RateAsync(bruno, 1, "No vino");
        var carla = await app.JoinAsync("Carla", administrator: true);
        var seen = Assert.Single((await carla.Get<PersonFileService>().OpenAsync(ana.Id))!.Ratings);
        Assert.Equal(("Bruno", true, 1, "No vino"), (seen.Other, seen.IsAbout, seen.Stars, seen.Line));
        foreach (var feature in bruno.Scope.ServiceProvider.GetServices<IPersonalData>().OfType<RatingData>())
            await feature.EraseAsync(bruno.Id, default);
        clock.Advance(Rating.Window);
        var left = Assert.Single(await app.Services.GetRequiredService<IRatings>().LastAsync(ana.Id));
        Assert.Equal((1, null), (left.Stars, left.Line));
    }

    [Fact]
    public async Task A_sold_room_asks_for_stars_and_says_what_was_said()
    {
        var made = await bruno.Get<DealService>().ActAsync(room, Guid.NewGuid(), new Offer(600_00));
        Assert.True(made.Succeeded);
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        await using var his = new Screen(bruno, clock: clock);
        using var open = bruno.Chat.Open(room, bruno.RunAsync);
        await open.LoadAsync();
        var strip = his.ShowWithProviders<DealStrip>(p => p.Add(s => s.Room, open.Room).Add(s => s.Me, bruno.Id));
        strip.WaitForElement(".rated button").Click();
        strip.WaitForElement("input[type=radio][value='4']").Change("4");
        strip.FindAll(".mud-dialog-actions button").Last(button => button.TextContent.Contains("Valorar")).Click();
        strip.WaitForAssertion(() => Assert.Contains("Has valorado a Ana:", strip.Find(".rated").TextContent));
        Assert.Equal("4 de 5 estrellas", strip.Find(".rated .stars").GetAttribute("aria-label"));
        Assert.Contains("Cambiar la valoración de Ana", strip.Find(".rated button").TextContent);
    }

    private Task<Outcome<RoomRatingView>> RateAsync(Person person, int stars, string? line = null) =>
        person.Get<RatingService>().RateAsync(room, stars, line);

    private Task<StandingView> StandingAsync(Person person) =>
        app.Services.GetRequiredService<IRatings>().StandingAsync(person.Id);
}
