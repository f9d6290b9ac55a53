using System.ComponentModel.DataAnnotations;

namespace Marketplace.Web.Accounts;

public sealed class EmailForm
{
    [Mailable]
    public string Email
    {
        get;
        set => field = Typed.Trim(value);
    } = "";
}

internal sealed class MailableAttribute() : ValidationAttribute("Form.EmailWrong")
{
    public override bool IsValid(object? value) => value is string typed && AddressRules.IsGood(typed);
}

internal static class Typed
{
    public static string Trim(string? text) => text?.Trim() ?? "";
}
