namespace Marketplace.Web.Files;

/// <summary>Where the bytes of files lie. What is known of them is in the database.</summary>
public interface IFileContents
{
    /// <summary>Keeps what is written, under a name that nothing has yet; nothing of it if <paramref name="write"/> throws.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    Task WriteAsync(FileName name, Func<Stream, Task> write, CancellationToken cancellation);

    /// <summary>From its beginning; it can seek and knows its length. Null if nothing has the name.</summary>
    /// <exception cref="IOException">It cannot be read at the moment.</exception>
    Task<Stream?> OpenAsync(FileName name, CancellationToken cancellation);

    /// <summary>False if it may be there still.</summary>
    Task<bool> TryDeleteAsync(FileName name);

    /// <summary>Names of what was written before a moment (UTC), in no order.</summary>
    /// <exception cref="IOException">They cannot be read at the moment.</exception>
    IAsyncEnumerable<FileName> NamesAsync(string folder, DateTime before, CancellationToken cancellation);

    /// <summary>Whether what is large may be written: what is small, such as a message's picture, needs room too.</summary>
    /// <exception cref="IOException">There is too little room.</exception>
    void CheckRoom();
}

/// <param name="Folder">Empty for uploads, otherwise a word.</param>
public readonly record struct FileName(Guid Name, string Folder = "")
{
    /// <summary>As it is stored.</summary>
    public override string ToString() => Folder.Length == 0 ? Name.ToString("N") : $"{Folder}/{Name:N}";

    /// <summary>Null for anything that is not one of that folder.</summary>
    public static FileName? Read(string folder, string stored) =>
        Guid.TryParseExact(stored.AsSpan(stored.LastIndexOf('/') + 1), "N", out var name)
        && new FileName(name, folder) is var read
        && read.ToString() == stored
            ? read
            : null;
}
