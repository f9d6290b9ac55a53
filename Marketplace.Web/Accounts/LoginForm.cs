using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class LoginForm
{
    [Required(ErrorMessage = "Form.EmailNeeded")]
    public string Email
    {
        get;
        set => field = Typed.Trim(value);
    } = "";

    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string Password { get; set; } = "";

    public bool Remember { get; set; }

    public string Credential { get; set; } = "";
}
