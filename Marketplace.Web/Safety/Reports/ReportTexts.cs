namespace Marketplace.Web.Safety.Reports;

public sealed class ReportTexts;
