using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Web.Admin;

public static class AdminSetup
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditRecord>();
        builder.Services.AddSingleton<ILookRecord>(provider => provider.GetRequiredService<AuditRecord>());
        builder.Services.AddScoped<SupervisionService>();
        builder.Services.AddScoped<PeopleService>();
        builder.Services.AddScoped<PeopleActions>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/admin").RequireAuthorization(Roles.Administrator);
        admin.MapGet("", () => TypedResults.LocalRedirect("~/admin/rooms"));
        // Unknown addresses require sign-in first, so that everybody gets the same 404.
        admin.Map("/{**rest}", () => TypedResults.NotFound());
        return app;
    }
}
