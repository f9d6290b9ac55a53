using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;

namespace Marketplace.Tests.Shared;

/// <summary>Texts in one of two languages, dates as the reader's region writes them.</summary>
public sealed class ReaderCultureTests : IAsyncLifetime
{
    private const string DayFirst = @">\d\d/\d\d/\d{4},? \d{1,2}:\d\d:\d\d<";
    private const string MonthFirst = @">\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d\d:\d\d[^<]*[AP]M<";

    private readonly MarketplaceApp app = new();
    private HttpClient carla = default!;

    public async Task InitializeAsync()
    {
        var administrator = await app.JoinAsync("Carla", administrator: true);
        var room = await (await app.JoinAsync("Bruno")).ContactsAsync(await (await app.JoinAsync("Ana")).SellsAsync());
        // Leaves a trace, with its time.
        using var look = administrator.Get<SupervisionService>().Open(room, work => work());
        Assert.True(await look.LoadAsync());
        carla = await SiteClient.SignedInAsync(app, administrator);
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
        carla.DefaultRequestHeaders.Remove("Accept-Language");
        carla.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted);
        if (chosen is not null)
            await carla.PostAsync("/preferences", new FormUrlEncodedContent([new("culture", chosen)]));
        var page = await carla.GetStringAsync("/admin/audit");
        Assert.Contains($"<html lang=\"{texts}\"", page);
        Assert.Matches(new Regex(date), page);
    }
}
