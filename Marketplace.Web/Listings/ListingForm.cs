using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>What a seller fills in. Texts are resource keys: <c>FieldError</c> shows them in the reader's language.</summary>
public sealed class ListingForm
{
    [Required(ErrorMessage = "Form.TitleNeeded")]
    [StringLength(Listing.LongestTitle, MinimumLength = 3, ErrorMessage = "Form.TitleLength")]
    public string Title
    {
        get;
        set => field = VisibleText.Line(value);
    } = "";

    [Required(ErrorMessage = "Form.DescriptionNeeded")]
    [StringLength(Listing.LongestDescription, ErrorMessage = "Form.DescriptionLength")]
    public string Description
    {
        get;
        // As browsers count it against the limit: a form sends each end of a line as two characters.
        set => field = value?.ReplaceLineEndings("\n") ?? "";
    } = "";

    /// <summary>In whole units, with a comma or a point: "1.250", "12,50".</summary>
    [Required(ErrorMessage = "Form.PriceNeeded")]
    [CustomValidation(typeof(ListingForm), nameof(CheckPrice))]
    public string Price { get; set; } = "";

    [Required(ErrorMessage = "Form.CategoryNeeded")]
    [EnumDataType(typeof(Category), ErrorMessage = "Form.CategoryNeeded")]
    public Category? Category { get; set; }

    [Required(ErrorMessage = "Form.PlaceNeeded")]
    [StringLength(Listing.LongestPlace, ErrorMessage = "Form.PlaceLength")]
    public string Place { get; set; } = "";

    [EnumDataType(typeof(Condition), ErrorMessage = "Form.ConditionWrong")]
    public Condition? Condition { get; set; }

    // False by default: a box that is not ticked posts nothing, so true could never be taken back.
    [CustomValidation(typeof(ListingForm), nameof(CheckDelivery))]
    public bool InPerson { get; set; }

    public bool Shipping { get; set; }

    /// <summary>Each "file/thumbnail", by the names that the upload gave.</summary>
    [MaxLength(Listing.MostPhotos, ErrorMessage = "Form.TooManyPhotos")]
    public List<string> Photos
    {
        get;
        // A form without photographs binds as null.
        set => field = value ?? [];
    } = [];

    public static ListingForm Of(ListingView listing) =>
        new()
        {
            Title = listing.Title,
            Description = listing.Description,
            Price = Money.Plain(listing.Price),
            Category = listing.Category,
            Place = listing.Place,
            Condition = listing.Condition,
            InPerson = listing.InPerson,
            Shipping = listing.Shipping,
            Photos = [.. listing.Photos.Select(photo => $"{photo.File}/{photo.Thumbnail}")],
        };

    /// <summary>The photographs' names, or null if one is no name.</summary>
    internal IReadOnlyList<(Guid File, Guid Thumbnail)>? PhotoNames()
    {
        var names = new List<(Guid, Guid)>();
        foreach (var parts in Photos.Select(photo => photo.Split('/')))
        {
            if (
                parts is not [var file, var small]
                || !Guid.TryParse(file, out var f)
                || !Guid.TryParse(small, out var s)
            )
                return null;
            names.Add((f, s));
        }
        return names;
    }

    public static ValidationResult? CheckPrice(string price) =>
        Money.Parse(price) is null
            ? new ValidationResult("Form.PriceWrong", [nameof(Price)])
            : ValidationResult.Success;

    public static ValidationResult? CheckDelivery(bool inPerson, ValidationContext context) =>
        inPerson || ((ListingForm)context.ObjectInstance).Shipping
            ? ValidationResult.Success
            : new ValidationResult("Form.DeliveryNeeded", [nameof(InPerson)]);
}

/// <summary>Amounts as people write and read them.</summary>
public static class Money
{
    /// <summary>Ten million: what is dearer is not sold here.</summary>
    public const long Most = 10_000_000_00;

    public const string Currency = "EUR";

    /// <summary>Minor units, or null if the text is no price between 0 and <see cref="Most"/>.</summary>
    public static long? Parse(string? text)
    {
        var plain = (text ?? "").Trim().TrimEnd('€').Trim().Replace(" ", "", StringComparison.Ordinal);
        var mark = plain.LastIndexOfAny([',', '.']);
        // A mark with three digits after it groups thousands; with one or two, it is the decimal mark.
        var hasCents = mark >= 0 && plain.Length - mark is 2 or 3;
        var units = (hasCents ? plain[..mark] : plain)
            .Replace(".", "", StringComparison.Ordinal)
            .Replace(",", "", StringComparison.Ordinal);
        var cents = hasCents ? plain[(mark + 1)..].PadRight(2, '0') : "00";
        return
            long.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            && long.TryParse(cents, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && whole <= Most / 100
            ? Math.Min(whole * 100 + part, Most)
            : null;
    }

    /// <summary>As the reader fills it in: "12,50", in English "12.50", "180".</summary>
    public static string Plain(long minor) =>
        minor % 100 == 0
            ? (minor / 100).ToString(CultureInfo.InvariantCulture)
            : (minor / 100m).ToString("0.00", CultureInfo.CurrentCulture);

    /// <summary>As the reader reads it: "1.250 €", "€1,250".</summary>
    public static string Show(long minor, string currency)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.CurrencySymbol = currency == Currency ? "€" : currency;
        format.CurrencyDecimalDigits = minor % 100 == 0 ? 0 : 2;
        return (minor / 100m).ToString("C", format);
    }
}
