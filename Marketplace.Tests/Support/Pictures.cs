namespace Marketplace.Tests.Support;

/// <summary>The smallest pictures of each kind that a browser would show.</summary>
public static class Pictures
{
    /// <summary>One grey pixel.</summary>
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
        );

    /// <summary>The demo's bicycle, a real photograph-like JPEG.</summary>
    public static byte[] Jpeg { get; } =
        File.ReadAllBytes(Path.Combine(Sources.Root, "Data", "Demo", "pictures", "bici-electrica.jpg"));
}
