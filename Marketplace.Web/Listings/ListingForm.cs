using System.ComponentModel.DataAnnotations;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>What a seller fills in. Texts are resource keys: <c>FieldError</c> shows them in the reader's language.</summary>
public sealed class ListingForm
{
    [Required(ErrorMessage = "Form.TitleNeeded")]
    [StringLength(Listing.MaxTitleLength, MinimumLength = 3, ErrorMessage = "Form.TitleLength")]
    public string Title
    {
        get;
        set => field = VisibleText.Line(value);
    } = "";

    [Required(ErrorMessage = "Form.DescriptionNeeded")]
    [StringLength(Listing.MaxDescriptionLength, ErrorMessage = "Form.DescriptionLength")]
    public string Description
    {
        get;
        // As browsers count it against the limit too: a form sends each end of a line as two characters.
        set => field = VisibleText.Lines(value);
    } = "";

    /// <summary>In whole units, with a comma or a point: "1.250", "12,50".</summary>
    [Required(ErrorMessage = "Form.PriceNeeded")]
    [CustomValidation(typeof(ListingForm), nameof(CheckPrice))]
    public string Price { get; set; } = "";

    [Required(ErrorMessage = "Form.CategoryNeeded")]
    [EnumDataType(typeof(Category), ErrorMessage = "Form.CategoryNeeded")]
    public Category? Category { get; set; }

    [Required(ErrorMessage = "Form.PlaceNeeded")]
    [StringLength(Listing.MaxPlaceLength, ErrorMessage = "Form.PlaceLength")]
    public string Place
    {
        get;
        set => field = VisibleText.Line(value);
    } = "";

    [EnumDataType(typeof(Condition), ErrorMessage = "Form.ConditionWrong")]
    public Condition? Condition { get; set; }

    // False by default: a box that is not ticked posts nothing, so true could never be taken back.
    [CustomValidation(typeof(ListingForm), nameof(CheckDelivery))]
    public bool InPerson { get; set; }

    public bool Shipping { get; set; }

    /// <summary>Each "file/thumbnail", by the names that the upload gave.</summary>
    [MaxLength(Listing.MaxPhotos, ErrorMessage = "Form.TooManyPhotos")]
    public List<string> Photos
    {
        get;
        // A form without photographs binds as null.
        set => field = value ?? [];
    } = [];

    /// <summary>The <see cref="ListingContent.Version"/> that it was filled in from; without one it replaces whatever there is.</summary>
    public string? Seen { get; set; }

    public static ListingForm Of(ListingView listing) =>
        new()
        {
            Seen = ListingContent.Of(listing).Version,
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

    /// <summary>What it says, once it has been validated; null if a photograph has no name of ours.</summary>
    internal ListingContent? Content()
    {
        var photos = Photos.Select(PhotoOf).OfType<PhotoView>().ToList();
        return photos.Count < Photos.Count
            ? null
            : new(
                Title.Trim(),
                Description.Trim(),
                Money.Parse(Price) ?? 0,
                Category ?? Listings.Category.Other,
                Place.Trim(),
                Condition,
                InPerson,
                Shipping,
                photos
            );
    }

    private static PhotoView? PhotoOf(string names) =>
        names.Split('/') is [var file, var small] && Guid.TryParse(file, out var f) && Guid.TryParse(small, out var s)
            ? new PhotoView(f, s)
            : null;

    public static ValidationResult? CheckPrice(string price) =>
        Money.Parse(price) is null
            ? new ValidationResult("Form.PriceWrong", [nameof(Price)])
            : ValidationResult.Success;

    public static ValidationResult? CheckDelivery(bool inPerson, ValidationContext context) =>
        inPerson || ((ListingForm)context.ObjectInstance).Shipping
            ? ValidationResult.Success
            : new ValidationResult("Form.DeliveryNeeded", [nameof(InPerson)]);
}
