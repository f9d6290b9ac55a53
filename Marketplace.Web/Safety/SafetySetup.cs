using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Safety;

public static class SafetySetup
{
    public static WebApplicationBuilder AddSafety(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<BlockService>();
        builder.Services.AddScoped<BlockActions>();
        builder.Services.AddScoped<IPersonalData, BlockData>();
        builder.Services.AddScoped<ReportService>();
        builder.Services.AddScoped<ReportPictureService>();
        builder.Services.AddScoped<ObjectionService>();
        builder.Services.AddSingleton<DecisionLinks>();
        builder.Services.AddScoped<IPersonalData, ReportData>();
        return builder;
    }

    public static IEndpointRouteBuilder MapSafety(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/{id:long}/pictures/{name:guid}", ReportPictureEndpoint.GetAsync);
        return app;
    }
}
