using Marketplace.Web.Accounts.Closing;

namespace Marketplace.Web.Safety;

public static class SafetySetup
{
    public static WebApplicationBuilder AddSafety(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<BlockService>();
        builder.Services.AddScoped<BlockActions>();
        builder.Services.AddScoped<IPersonalData, BlockData>();
        return builder;
    }
}
