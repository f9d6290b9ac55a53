namespace Marketplace.Web.Chat.Messages;

/// <summary>What one row of a list shows, apart from the list.</summary>
/// <param name="Key">Which row it is: boxed once, as a key in a render tree is an object.</param>
public abstract record RowModel(object Key);

/// <summary>
/// The lines of a list as they were drawn last. A row that says the same keeps its object: new ones for all rows with each
/// message would outlive the next collections on thousands of pages (bench/README.md).
/// </summary>
public sealed class RowCache<TModel>
    where TModel : RowModel
{
    private readonly List<TModel> drawn = [];

    /// <summary>The object to draw at this place. To be asked from the first place on, and ended by <see cref="End"/>.</summary>
    public TModel At(int place, TModel model)
    {
        var last = place;
        while (last < drawn.Count && !drawn[last].Key.Equals(model.Key))
            last++;
        if (last == drawn.Count)
            drawn.Insert(place, model);
        else if (last > place)
        {
            drawn.Insert(place, drawn[last]);
            drawn.RemoveAt(last + 1);
        }
        if (!drawn[place].Equals(model))
            drawn[place] = model;
        return drawn[place];
    }

    /// <summary>So many lines there are; what stood below is gone.</summary>
    public void End(int count) => drawn.RemoveRange(count, drawn.Count - count);
}
