namespace Marketplace.Web.Figures;

public static class FigureSetup
{
    public static WebApplicationBuilder AddFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FigureTally>();
        builder.Services.AddSingleton<FigureWriter>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FigureWriter>());
        return builder;
    }
}
