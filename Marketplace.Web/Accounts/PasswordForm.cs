using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class PasswordForm
{
    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string Current { get; set; } = "";

    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string New { get; set; } = "";
}
