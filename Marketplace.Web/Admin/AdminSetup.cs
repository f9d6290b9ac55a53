using Marketplace.Web.Accounts;

namespace Marketplace.Web.Admin;

public static class AdminSetup
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditRecord>();
        builder.Services.AddScoped<SupervisionService>();
        builder.Services.AddScoped<PeopleService>();
        builder.Services.AddScoped<PeopleActions>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/admin").RequireAuthorization(Roles.Administrator);
        admin.MapGet("", () => TypedResults.LocalRedirect("~/admin/rooms"));
        // Whatever else stands under /admin: the visitor signs in first, everybody learns the same.
        admin.Map("/{**rest}", () => TypedResults.NotFound());
        return app;
    }
}
