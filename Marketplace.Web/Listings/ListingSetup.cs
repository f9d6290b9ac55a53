using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Listings;

public static class ListingSetup
{
    public static WebApplicationBuilder AddListings(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListingService>();
        builder.Services.AddSingleton<ListingRemover>();
        builder.Services.AddScoped<FavouriteService>();
        builder.Services.AddScoped<ContactIntent>();
        builder.Services.AddSingleton<Sitemap>();
        builder.Services.AddResponseCompression(VisitorCompression.Configure);
        builder.Services.AddScoped<SellerService>();
        builder.Services.AddSingleton<PriceDrops>();
        builder.Services.AddScoped<IPersonalData, ListingData>();
        builder.Services.AddSingleton<IReportable, ReportedListings>();
        return builder;
    }

    /// <summary>Must run after authentication; see <see cref="VisitorCompression"/>.</summary>
    public static WebApplication UseListings(this WebApplication app)
    {
        app.UseWhen(VisitorCompression.IsSafe, branch => branch.UseResponseCompression());
        return app;
    }

    public static IEndpointRouteBuilder MapListings(this IEndpointRouteBuilder app)
    {
        PhotoEndpoints.Map(app);
        // Validates the token itself, so that an outdated page gets a sentence instead of an error.
        app.MapPost("/listings/{id:long}/state", StateEndpoint.PostAsync).RequireAuthorization().DisableAntiforgery();
        app.MapGet(CountEndpoint.Path, CountEndpoint.GetAsync).WithMetadata(LimitedAttribute.Search);
        // Anonymous, so that a visitor is redirected to sign in and back to the page.
        app.MapPost("/listings/{id:long}/favourite", FavouriteEndpoint.PostAsync).DisableAntiforgery();
        app.MapGet("/robots.txt", (HttpContext http, Sitemap sitemap) => sitemap.Robots(http));
        app.MapGet("/sitemap.xml", (HttpContext http, Sitemap sitemap) => sitemap.ListAsync(http));
        return app;
    }
}
