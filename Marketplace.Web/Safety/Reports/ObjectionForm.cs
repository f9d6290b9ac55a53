namespace Marketplace.Web.Safety.Reports;

public sealed class ObjectionForm
{
    public string? Text { get; set; }
}
