using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class CodeForm
{
    [Required(ErrorMessage = "Form.CodeNeeded")]
    [StringLength(20, ErrorMessage = "Form.CodeNeeded")]
    public string Code { get; set; } = "";

    internal string Plain =>
        Code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The format in which Identity stores recovery codes: "2B3CD-4F5GH".</summary>
    internal string Recovery => Plain is { Length: 10 } code ? $"{code[..5]}-{code[5..]}" : Plain;
}
