using Marketplace.Web.Mail;

namespace Marketplace.Web.Listings;

public static class ListingSetup
{
    public static WebApplicationBuilder AddListings(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListingService>();
        builder.Services.AddScoped<FavouriteService>();
        builder.Services.AddScoped<ContactIntent>();
        builder.Services.AddSingleton<SiteAddress>();
        builder.Services.AddSingleton<Sitemap>();
        builder.Services.AddResponseCompression(VisitorCompression.Configure);
        builder.Services.AddScoped<SellerService>();
        return builder;
    }

    /// <summary>After who asks is known: see <see cref="VisitorCompression"/>.</summary>
    public static WebApplication UseListings(this WebApplication app)
    {
        app.UseWhen(VisitorCompression.IsSafe, branch => branch.UseResponseCompression());
        return app;
    }

    public static IEndpointRouteBuilder MapListings(this IEndpointRouteBuilder app)
    {
        PhotoEndpoints.Map(app);
        // Checks the token itself, so that a page from before signing in gets a sentence and not an error.
        app.MapPost("/listings/{id:long}/state", StateEndpoint.PostAsync).RequireAuthorization().DisableAntiforgery();
        app.MapGet(CountEndpoint.Path, CountEndpoint.GetAsync);
        // A visitor is led to sign in and then to the page, not to this address.
        app.MapPost("/listings/{id:long}/favourite", FavouriteEndpoint.PostAsync).DisableAntiforgery();
        app.MapGet("/robots.txt", (HttpContext http, Sitemap sitemap) => sitemap.Robots(http));
        app.MapGet("/sitemap.xml", (HttpContext http, Sitemap sitemap) => sitemap.ListAsync(http));
        return app;
    }
}
