using System.ComponentModel.DataAnnotations;
using MimeKit;

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
    public override bool IsValid(object? value) =>
        value is string { Length: <= User.MaxEmailLength } typed
        && MailboxAddress.TryParse(typed, out var address)
        && address.Domain.Length > 0
        && (address.Address == typed || MailboxAddress.EncodeAddrspec(address.Address) == typed);
}

internal static class Typed
{
    public static string Trim(string? text) => text?.Trim() ?? "";
}
