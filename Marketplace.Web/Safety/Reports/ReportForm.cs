namespace Marketplace.Web.Safety.Reports;

public sealed class ReportForm
{
    public ReportReason? Reason { get; set; }
    public string? Text { get; set; }
}
