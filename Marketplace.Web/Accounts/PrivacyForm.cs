namespace Marketplace.Web.Accounts;

public sealed class PrivacyForm
{
    public bool ShowReceipts { get; set; }
    public bool ShowPresence { get; set; }
}
