using System.Text.Json;

namespace Marketplace.Web.Safety.Reports;

/// <summary>Of which report a notice tells.</summary>
public sealed record ReportNotice(long Report)
{
    public static ReportNotice? Read(string? data) =>
        data is null ? null : JsonSerializer.Deserialize<ReportNotice>(data, JsonSerializerOptions.Web);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
