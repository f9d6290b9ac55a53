using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class CodeForm
{
    public const int MaxLength = 20;

    [Required(ErrorMessage = "Form.CodeNeeded")]
    [StringLength(MaxLength, ErrorMessage = "Form.CodeNeeded")]
    public string Code { get; set; } = "";

    internal string Plain => Clean(Code);

    /// <summary>The format in which Identity stores recovery codes: "2B3CD-4F5GH".</summary>
    internal string Recovery => Plain is { Length: 10 } code ? $"{code[..5]}-{code[5..]}" : Plain;

    internal static string Clean(string code) =>
        code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
