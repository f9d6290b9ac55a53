namespace Marketplace.Web.Safety.Reports;

public sealed class ReportForm
{
    public ReportReason? Reason { get; set; }
    public string? Text { get; set; }

    /// <summary>Those that are uploaded already, each as "file/thumbnail".</summary>
    public List<string> Pictures
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Those that come with the form, from a browser without scripts.</summary>
    public IFormFileCollection? Files { get; set; }
}
