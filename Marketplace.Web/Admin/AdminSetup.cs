using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Microsoft.AspNetCore.Authorization;

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
        var admin = app.MapGroup("/admin")
            .RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadersOfRecord });
        admin.MapGet("", EnterAsync);
        // Unknown addresses require sign-in first, so that everybody gets the same 404.
        admin.Map("/{**rest}", () => TypedResults.NotFound());
        return app;
    }

    private static async Task<IResult> EnterAsync(CurrentUser currentUser) =>
        TypedResults.LocalRedirect(
            await currentUser.FindAdministratorAsync() is null ? "~/admin/audit" : "~/admin/rooms"
        );
}
