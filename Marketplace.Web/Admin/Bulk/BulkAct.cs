namespace Marketplace.Web.Admin.Bulk;

/// <summary>What is done to several at once; the name is part of the keys of its texts.</summary>
public enum BulkAct
{
    Lock,
    Unlock,
    Hold,
    Lift,
    Suspend,
    Reinstate,
}
