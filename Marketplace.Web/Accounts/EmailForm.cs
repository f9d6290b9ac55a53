using System.ComponentModel.DataAnnotations;
using Marketplace.Web.Shared;
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
        && IsPlain(typed)
        && (address.Address == typed || MailboxAddress.EncodeAddrspec(address.Address) == typed);

    // Letters that nobody sees, or of several alphabets, would make an address look like another person's.
    private static bool IsPlain(string typed) =>
        VisibleText.Line(typed) == typed && typed.Split('@', '.').All(part => !Scripts.Mixes(part));
}

internal static class Typed
{
    public static string Trim(string? text) => text?.Trim() ?? "";
}
