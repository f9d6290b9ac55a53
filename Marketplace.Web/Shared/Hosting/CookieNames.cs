namespace Marketplace.Web.Shared.Hosting;

/// <summary>With <c>__Host-</c> outside Development: browsers accept such only over TLS and from this host.</summary>
public sealed class CookieNames(IHostEnvironment environment)
{
    public string Of(string name) => environment.IsDevelopment() ? $"marketplace.{name}" : $"__Host-marketplace.{name}";
}
