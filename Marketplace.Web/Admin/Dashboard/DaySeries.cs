namespace Marketplace.Web.Admin.Dashboard;

/// <summary>A figure by day, for a chart and its table.</summary>
/// <param name="Values">Null of a day on which it was not counted.</param>
/// <param name="IsDrawn">False: in the table alone.</param>
public sealed record DaySeries(string Name, IReadOnlyList<double?> Values, bool IsDrawn = true);
