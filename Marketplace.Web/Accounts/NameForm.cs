using System.ComponentModel.DataAnnotations;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

public sealed class NameForm
{
    [Required(ErrorMessage = "Form.NameNeeded")]
    [StringLength(User.MaxNameLength, ErrorMessage = "Form.NameLength")]
    public string DisplayName
    {
        get;
        set => field = VisibleText.Line(value);
    } = "";
}
