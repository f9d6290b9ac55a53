namespace Marketplace.Web.Chat.Rooms;

/// <summary>An administrator's look at a room, as the two who talk there may know of it: not who it was.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">The key of its text, such as <c>Fraud</c>; null if it is older than reasons.</param>
public sealed record LookView(DateTime At, string? Reason);

public interface ILookRecord
{
    /// <summary>
    /// Whether an administrator who opened the room, with a reason, may see its pictures; the look is recorded, unless it
    /// is of the minute after another.
    /// </summary>
    Task<bool> PictureAsync(long administratorId, long roomId);

    /// <summary>The last looks at a room, the newest first; null where the site does not show them.</summary>
    Task<IReadOnlyList<LookView>?> LooksAsync(long roomId);
}
