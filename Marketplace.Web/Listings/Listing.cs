using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Listings;

public enum ListingState
{
    Active,
    Reserved,
    Sold,
    Withdrawn,
}

public enum Category
{
    Vehicles,
    Bikes,
    Phones,
    Computers,
    Photography,
    Home,
    Fashion,
    Children,
    Sports,
    Music,
    Books,
    Other,
}

public sealed class Listing
{
    public const int MaxTitleLength = 80;
    public const int MaxDescriptionLength = 4000;
    public const int MaxPlaceLength = 60;
    public const int MaxPhotos = 8;

    public const int MaxTerms = 120;

    public long Id { get; set; }
    public long SellerId { get; set; }
    public string Title { get; private set; } = "";
    public string Description { get; private set; } = "";

    /// <summary>In minor units (cents) of <see cref="Currency"/>.</summary>
    public long Price { get; set; }

    /// <summary>The lowest offer that the seller wants to see, in minor units; null for any.</summary>
    public long? MinOffer { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }
    public Category Category { get; set; }
    public string Place { get; private set; } = "";

    public string PlaceKey { get; private set; } = "";

    public Condition? Condition { get; set; }

    public bool InPerson { get; set; } = true;

    public bool Shipping { get; set; }
    public ListingState State { get; private set; }

    /// <summary>Active or reserved. Stored, because indexes begin with it.</summary>
    public bool OnSale { get; private set; }
    public DateTime CreatedAt { get; set; }
    public DateTime ChangedAt { get; private set; }

    /// <summary>The thumbnail of the first photo, stored so that lists need no second table.</summary>
    public Guid? Cover { get; private set; }

    public int PhotoCount { get; private set; }

    /// <summary>The buyer of a reservation or sale, if known. No foreign key: only compared with the reader.</summary>
    public long? ReservedForId { get; private set; }

    /// <summary>The number of state changes; identifies a change, so that it is announced once.</summary>
    public int Moves { get; private set; }

    public ListingState? MovedFrom { get; private set; }

    /// <summary>When the administration removed it (UTC): until it is back, it is withdrawn, and the seller cannot change that.</summary>
    public DateTime? RemovedAt { get; private set; }
    public List<ListingPhoto> Photos { get; } = [];
    public List<ListingTerm> Terms { get; } = [];

    public void Describe(string title, string description, string place)
    {
        (Title, Description, Place, PlaceKey) = (title, description, place, Words.Key(place));
        var words = Words.Tokens($"{title} {place} {description}").Distinct().Take(MaxTerms).ToHashSet();
        Terms.RemoveAll(term => !words.Remove(term.Term));
        Terms.AddRange(words.Select(word => new ListingTerm { Term = word }));
    }

    /// <summary>Leaves what a conversation is about; no search finds it.</summary>
    public void Erase()
    {
        (Description, Place, PlaceKey) = ("", "", "");
        Terms.Clear();
        Show([]);
    }

    public void Show(IEnumerable<PhotoView> photos)
    {
        Photos.Clear();
        Photos.AddRange(
            photos.Select(
                (photo, position) =>
                    new ListingPhoto
                    {
                        Position = position,
                        File = photo.File,
                        Thumbnail = photo.Thumbnail,
                    }
            )
        );
        Cover = Photos is [var first, ..] ? first.Thumbnail : null;
        PhotoCount = Photos.Count;
    }

    public bool IsAt(ListingState state, long? personId) => (state, Settled(state, personId)) == (State, ReservedForId);

    /// <summary>Not after unseen moves; a sale becomes a reservation only with a number, as an undo.</summary>
    public bool MayMoveTo(ListingState state, int? seenMoves) =>
        state != State
        && RemovedAt is null
        && (seenMoves is { } seen ? seen == Moves : (State, state) is not (ListingState.Sold, ListingState.Reserved));

    public void MoveTo(ListingState state, DateTime now, long? personId = null)
    {
        var person = Settled(state, personId);
        if ((state, person) != (State, ReservedForId))
            (Moves, MovedFrom) = (Moves + 1, State);
        (State, OnSale, ChangedAt) = (state, state is ListingState.Active or ListingState.Reserved, now);
        ReservedForId = person;
    }

    public void Remove(DateTime now)
    {
        MoveTo(ListingState.Withdrawn, now);
        RemovedAt = now;
    }

    public void Restore(DateTime now)
    {
        RemovedAt = null;
        MoveTo(ListingState.Active, now);
    }

    public void Touch(DateTime now) => ChangedAt = now;

    private static long? Settled(ListingState state, long? personId) =>
        state is ListingState.Reserved or ListingState.Sold ? personId : null;
}

public sealed class ListingPhoto
{
    public long Id { get; set; }
    public long ListingId { get; set; }
    public int Position { get; set; }
    public Guid File { get; set; }
    public Guid Thumbnail { get; set; }
}

public sealed class ListingTerm
{
    public required string Term { get; set; }
    public long ListingId { get; set; }
}

internal sealed class ListingConfiguration : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> listing)
    {
        listing.Property(l => l.Title).HasMaxLength(Listing.MaxTitleLength);
        listing.Property(l => l.Description).HasMaxLength(Listing.MaxDescriptionLength);
        listing.Property(l => l.Currency).HasMaxLength(3);
        listing.Property(l => l.Place).HasMaxLength(Listing.MaxPlaceLength);
        listing.Property(l => l.PlaceKey).HasMaxLength(Words.MaxKeyLength);
        listing.HasOne<Accounts.User>().WithMany().HasForeignKey(l => l.SellerId).OnDelete(DeleteBehavior.Restrict);
        listing.HasMany(l => l.Photos).WithOne().HasForeignKey(p => p.ListingId);
        listing.HasMany(l => l.Terms).WithOne().HasForeignKey(t => t.ListingId);
        listing.HasIndex(l => new { l.OnSale, l.Id });
        listing.HasIndex(l => new
        {
            l.OnSale,
            l.Price,
            l.Id,
        });
        listing.HasIndex(l => new
        {
            l.OnSale,
            l.Category,
            l.Id,
        });
        listing.HasIndex(l => new
        {
            l.OnSale,
            l.PlaceKey,
            l.Id,
        });
        listing.HasIndex(l => new { l.SellerId, l.Id });
    }
}

internal sealed class ListingPhotoConfiguration : IEntityTypeConfiguration<ListingPhoto>
{
    public void Configure(EntityTypeBuilder<ListingPhoto> photo)
    {
        photo.ToTable("ListingPhotos");
        photo.HasIndex(p => new { p.ListingId, p.Position });
    }
}

internal sealed class ListingTermConfiguration : IEntityTypeConfiguration<ListingTerm>
{
    public void Configure(EntityTypeBuilder<ListingTerm> term)
    {
        term.ToTable("ListingTerms");
        term.Property(t => t.Term).HasMaxLength(Words.MaxLength);
        term.HasKey(t => new { t.Term, t.ListingId });
        term.HasIndex(t => t.ListingId);
    }
}
