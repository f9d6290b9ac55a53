using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class ResetForm
{
    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string Password { get; set; } = "";
}
