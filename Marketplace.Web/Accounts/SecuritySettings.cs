using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

/// <param name="ConfirmsEmail"><c>Security:ConfirmEmail</c>; by default outside Development if mail is set up.</param>
/// <param name="AsksFactorOfAdministrators"><c>Security:AdminSecondFactor</c>; by default outside Development.</param>
/// <param name="AdmitsDemo">Whether the demo's people may sign in: in Development only.</param>
public sealed record SecuritySettings(bool ConfirmsEmail, bool AsksFactorOfAdministrators, bool AdmitsDemo)
{
    public const string DemoDomain = "@demo.local";

    public static SecuritySettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var isLive = !environment.IsDevelopment();
        var hasMail = !string.IsNullOrWhiteSpace(configuration["Smtp:Host"]);
        return new(
            configuration.Flag("Security:ConfirmEmail", fallback: isLive && hasMail),
            configuration.Flag("Security:AdminSecondFactor", fallback: isLive),
            AdmitsDemo: !isLive
        );
    }
}
