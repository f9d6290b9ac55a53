namespace Marketplace.Web.Safety;

/// <summary>Which button of a page was pressed.</summary>
public sealed class BlockForm
{
    /// <summary>The person of a line of the list.</summary>
    public long Person { get; set; }

    public bool Blocks { get; set; }
}
