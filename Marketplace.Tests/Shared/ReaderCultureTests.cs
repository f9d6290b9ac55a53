using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Shared;

public sealed class ReaderCultureTests : IAsyncLifetime
{
    private const string DayFirst = @"\b3 (de )?\p{L}+ (de )?2020";
    private const string MonthFirst = @"\p{L}+ 3, 2020";

    private readonly MarketplaceApp app = new();
    private HttpClient reader = default!;
    private long listing;

    public async Task InitializeAsync()
    {
        var ana = await app.JoinAsync("Ana");
        listing = await ana.SellsAsync();
        await using var db = app.Look();
        await db.Listings.ExecuteUpdateAsync(s => s.SetProperty(l => l.CreatedAt, new DateTime(2020, 5, 3, 12, 0, 0)));
        reader = await SiteClient.SignedInAsync(app, ana);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("en-GB,en;q=0.9", null, "en", DayFirst)]
    [InlineData("en-US", null, "en", MonthFirst)]
    [InlineData("es-ES", null, "es", DayFirst)]
    [InlineData("fr-FR", null, "es", DayFirst)]
    [InlineData("es-ES,en-GB;q=0.8", "en", "en", DayFirst)]
    [InlineData("es-ES", "en", "en", MonthFirst)]
    [InlineData("en-US", "es", "es", DayFirst)]
    [InlineData("en-XX, nonsense;;;", "en", "en", MonthFirst)]
    public async Task A_date_is_written_as_where_the_reader_is(
        string accepted,
        string? chosen,
        string texts,
        string date
    )
    {
        reader.DefaultRequestHeaders.Remove("Accept-Language");
        reader.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted);
        if (chosen is not null)
            await reader.PostAsync("/preferences", new FormUrlEncodedContent([new("culture", chosen)]));
        var page = await reader.GetStringAsync($"/listings/{listing}");
        Assert.Contains($"<html lang=\"{texts}\"", page);
        Assert.Matches(new Regex(date), page);
    }

    [Theory]
    [InlineData("Origin", "https://otra.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_chooses_no_language(string header, string value)
    {
        reader.DefaultRequestHeaders.Add(header, value);
        var answer = await reader.PostAsync(
            "/preferences",
            new FormUrlEncodedContent([new("culture", "en"), new("theme", "dark"), new("returnUrl", "/messages")])
        );
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.LeadsTo()));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_page_of_the_site_chooses_one()
    {
        reader.DefaultRequestHeaders.Add("Origin", "http://localhost");
        reader.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var answer = await reader.PostAsync("/preferences", new FormUrlEncodedContent([new("culture", "en")]));
        Assert.True(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/listings/new", "/listings/new")]
    [InlineData("/account/logout", "/")]
    public async Task Who_chooses_a_language_comes_back_to_a_page(string returnUrl, string page)
    {
        var form = new FormUrlEncodedContent([new("culture", "en"), new("returnUrl", returnUrl)]);
        Assert.Equal(page, (await reader.PostAsync("/preferences", form)).LeadsTo());
    }
}
