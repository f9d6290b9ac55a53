namespace Marketplace.Web.Chat.Messages;

/// <param name="Key">Boxed once, because a render tree key is an object.</param>
public abstract record RowModel(object Key);

/// <summary>Keeps the objects of equal rows: new ones for all rows on each message would survive garbage
/// collections on thousands of pages (bench/README.md).</summary>
public sealed class RowCache<TModel>
    where TModel : RowModel
{
    private readonly List<TModel> drawn = [];

    /// <summary>Call it in ascending order of index and finish with <see cref="End"/>.</summary>
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

    public void End(int count) => drawn.RemoveRange(count, drawn.Count - count);
}
