using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Tests.Admin;

/// <summary>What the administration removes says so, to its seller with the reason and the way to object.</summary>
public sealed class RemovedListingTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    private const string Removed = "La administración ha retirado este anuncio";

    private async Task<(Person Ana, Person Carla, long Listing, long Report)> RemoveAsync()
    {
        var (ana, carla) = (await app.JoinAsync("Ana"), await app.JoinAsync("Carla", administrator: true));
        var listing = await ana.SellsAsync("Mesa de pino");
        var verdict = Verdict.OnOwnInitiative(ReportOutcome.ListingRemoved, HouseRule.Fraud, "Así no.")!;
        var acted = await carla.Get<CaseService>().ActAsync(new(ReportKind.Listing, ListingId: listing), verdict);
        Assert.True(acted.Succeeded, acted.Refusal?.Text);
        return (ana, carla, listing, acted.Value);
    }

    private static async Task<string> ReadAsync(HttpClient browser, string page) =>
        WebUtility.HtmlDecode(await browser.GetStringAsync(page));

    [Fact]
    public async Task Its_seller_reads_who_removed_it_for_which_rule_and_where_to_object()
    {
        var (ana, _, listing, report) = await RemoveAsync();
        using var browser = await SiteClient.SignedInAsync(app, ana);
        var html = await ReadAsync(browser, $"/listings/{listing}");
        Assert.Contains(Removed, html);
        Assert.Contains("Norma incumplida: No se engaña a nadie", html);
        Assert.Contains($"href=\"/reports/{report}\"", html);
        Assert.DoesNotContain("Volver a poner a la venta", html);
        Assert.DoesNotContain("/edit", html);
        var edit = await browser.GetAsync($"/listings/{listing}/edit");
        Assert.EndsWith($"/listings/{listing}?notice=removed", edit.Headers.Location!.ToString());
        var mine = await ReadAsync(browser, "/listings/mine?state=withdrawn");
        Assert.Contains("Retirado por la administración", mine);
        Assert.DoesNotContain("Volver a poner a la venta", mine);
        Assert.Contains("Pedir una revisión", await ReadAsync(browser, $"/reports/{report}"));
    }

    [Fact]
    public async Task A_button_that_stayed_open_says_that_the_administration_removed_it()
    {
        var (ana, _, listing, _) = await RemoveAsync();
        using var browser = await SiteClient.SignedInAsync(app, ana);
        var fields = new Dictionary<string, string> { ["state"] = "Active" };
        var answer = await browser.SubmitAsync("/listings/mine", fields, $"/listings/{listing}/state");
        Assert.Equal($"/listings/{listing}?notice=removed", answer.Headers.Location!.ToString());
        Assert.Contains(
            "No se ha cambiado nada: la administración",
            await ReadAsync(browser, $"{answer.Headers.Location}")
        );
        var form = new ListingForm { Seen = "otro" };
        Assert.StartsWith(Removed, (await ana.Listings.EditAsync(listing, form)).Refusal!.Text);
    }

    [Fact]
    public async Task Administrators_read_it_too_and_find_where_to_bring_it_back()
    {
        var (ana, carla, listing, report) = await RemoveAsync();
        using var browser = await SiteClient.SignedInAsync(app, carla);
        var html = await ReadAsync(browser, $"/listings/{listing}");
        Assert.Contains(Removed, html);
        Assert.DoesNotContain("Quien vende ha retirado", html);
        Assert.DoesNotContain("Norma incumplida", html);
        Assert.Contains($"href=\"/admin/users/{ana.Id}?listing={listing}\"", html);
        Assert.True(await carla.Get<CaseService>().IsListingRemovedAsync(listing));
        Assert.False(await ana.Get<CaseService>().IsListingRemovedAsync(listing));
        Assert.Null(await carla.Get<SellerService>().RemovalAsync(listing));
        Assert.Equal(report, await carla.Get<CaseService>().RemovingAsync(listing));
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(report));
        Assert.Null(await ana.Get<SellerService>().RemovalAsync(listing));
        Assert.False(await carla.Get<CaseService>().IsListingRemovedAsync(listing));
    }

    [Fact]
    public async Task A_persons_file_has_the_listing_that_is_asked_for_however_old_it_is()
    {
        var (ana, carla, listing, _) = await RemoveAsync();
        for (var i = 0; i < PersonFileService.Newest; i++)
            await ana.SellsAsync("Silla");
        var files = carla.Get<PersonFileService>();
        Assert.DoesNotContain((await files.OpenAsync(ana.Id))!.Listings, one => one.Id == listing);
        var found = (await files.OpenAsync(ana.Id, listing))!.Listings;
        Assert.Equal((listing, true), (found[0].Id, found[0].IsRemoved));
        Assert.Equal(PersonFileService.Newest, (await files.OpenAsync(ana.Id, found[1].Id))!.Listings.Count);
        Assert.Empty((await files.OpenAsync(carla.Id, listing))!.Listings);
    }
}
