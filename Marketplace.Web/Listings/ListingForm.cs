using System.ComponentModel.DataAnnotations;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>The seller's form. Error messages are resource keys, which <c>FieldError</c> translates.</summary>
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
        // Counts line ends as browsers do against the limit, although forms send two characters for each.
        set => field = VisibleText.Lines(value);
    } = "";

    /// <summary>In whole units, with a comma or a point: "1.250", "12,50".</summary>
    [Required(ErrorMessage = "Form.PriceNeeded")]
    [CustomValidation(typeof(ListingForm), nameof(CheckPrice))]
    public string Price { get; set; } = "";

    /// <summary>Of offers; empty for any.</summary>
    [CustomValidation(typeof(ListingForm), nameof(CheckMinOffer))]
    public string MinOffer { get; set; } = "";

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

    // False by default: an unticked box posts nothing, so a default of true could never be unticked.
    [CustomValidation(typeof(ListingForm), nameof(CheckDelivery))]
    public bool InPerson { get; set; }

    public bool Shipping { get; set; }

    [MaxLength(Listing.MaxPhotos, ErrorMessage = "Form.TooManyPhotos")]
    public List<string> Photos
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The <see cref="ListingContent.Version"/> the form was filled from; null overwrites any other.</summary>
    public string? Seen { get; set; }

    public static ListingForm Of(ListingView listing) =>
        new()
        {
            Seen = ListingContent.Of(listing).Version,
            Title = listing.Title,
            Description = listing.Description,
            Price = Money.Plain(listing.Price),
            MinOffer = listing.MinOffer is { } least ? Money.Plain(least) : "",
            Category = listing.Category,
            Place = listing.Place,
            Condition = listing.Condition,
            InPerson = listing.InPerson,
            Shipping = listing.Shipping,
            Photos = [.. listing.Photos.Select(photo => $"{photo.File}/{photo.Thumbnail}")],
        };

    internal ListingContent? Content()
    {
        var photos = Photos.Select(PhotoOf).OfType<PhotoView>().ToList();
        return photos.Count < Photos.Count
            ? null
            : new(
                Title.Trim(),
                Description.Trim(),
                Money.Parse(Price) ?? 0,
                Money.Parse(MinOffer),
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

    public static ValidationResult? CheckMinOffer(string least, ValidationContext context) =>
        string.IsNullOrWhiteSpace(least) ? ValidationResult.Success
        : Money.Parse(least) is not { } lowest ? new ValidationResult("Form.PriceWrong", [nameof(MinOffer)])
        : lowest > Money.Parse(((ListingForm)context.ObjectInstance).Price)
            ? new ValidationResult("Form.MinOfferAbove", [nameof(MinOffer)])
        : ValidationResult.Success;

    public static ValidationResult? CheckDelivery(bool inPerson, ValidationContext context) =>
        inPerson || ((ListingForm)context.ObjectInstance).Shipping
            ? ValidationResult.Success
            : new ValidationResult("Form.DeliveryNeeded", [nameof(InPerson)]);
}
