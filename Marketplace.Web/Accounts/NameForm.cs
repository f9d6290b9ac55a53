using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class NameForm
{
    [Required(ErrorMessage = "Form.NameNeeded")]
    [StringLength(User.LongestName, ErrorMessage = "Form.NameLength")]
    public string DisplayName
    {
        get;
        set => field = Typed.Trim(value);
    } = "";
}
