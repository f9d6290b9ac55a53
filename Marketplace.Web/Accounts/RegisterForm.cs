using System.ComponentModel.DataAnnotations;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts;

public sealed class RegisterForm
{
    [Required(ErrorMessage = "Form.NameNeeded")]
    [StringLength(User.MaxNameLength, ErrorMessage = "Form.NameLength")]
    public string DisplayName
    {
        get;
        set => field = VisibleText.Line(value);
    } = "";

    [Mailable]
    public string Email
    {
        get;
        set => field = Typed.Trim(value);
    } = "";

    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string Password { get; set; } = "";
}
