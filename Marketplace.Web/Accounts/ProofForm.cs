using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class ProofForm
{
    [Required(ErrorMessage = "Form.PasswordNeeded")]
    public string Password { get; set; } = "";

    [StringLength(CodeForm.MaxLength, ErrorMessage = "Form.CodeNeeded")]
    public string Code { get; set; } = "";

    internal string Plain => CodeForm.Clean(Code);
}
