namespace Marketplace.Web.Listings;

public static class ListingSetup
{
    public static WebApplicationBuilder AddListings(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListingService>();
        builder.Services.AddScoped<SellerService>();
        return builder;
    }

    public static IEndpointRouteBuilder MapListings(this IEndpointRouteBuilder app)
    {
        PhotoEndpoints.Map(app);
        // Checks the token itself, so that a page from before signing in gets a sentence and not an error.
        app.MapPost("/listings/{id:long}/state", StateEndpoint.PostAsync).RequireAuthorization().DisableAntiforgery();
        return app;
    }
}
