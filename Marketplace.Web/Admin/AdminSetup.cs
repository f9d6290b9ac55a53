using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Admin;

public static class AdminSetup
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditRecord>();
        builder.Services.AddScoped<SupervisionService>();
        builder.Services.AddScoped<PeopleService>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/admin").RequireAuthorization(Roles.Administrator);
        admin.MapGet("", () => TypedResults.LocalRedirect("~/admin/rooms"));
        // Checks the token itself, so that an old page gets a fresh one and not an error.
        admin.MapPost("/users/{id:long}", PostAsync).DisableAntiforgery();
        // Whatever else stands under /admin: the visitor signs in first, everybody learns the same.
        admin.Map("/{**rest}", () => TypedResults.NotFound());
        return app;
    }

    private static async Task<IResult> PostAsync(
        long id,
        [FromForm] AuditAction action,
        HttpContext http,
        IAntiforgery antiforgery,
        PeopleService people
    )
    {
        if (!PeopleService.IsDeed(action))
            return TypedResults.BadRequest();
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.LocalRedirect("~/admin/users?notice=expired");
        var refusal = await people.ActAsync(id, action);
        return TypedResults.LocalRedirect(
            refusal is null ? $"~/admin/users?done={action}&person={id}" : $"~/admin/users?notice={refusal.Kind}"
        );
    }
}
