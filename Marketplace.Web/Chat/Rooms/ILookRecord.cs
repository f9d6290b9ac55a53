namespace Marketplace.Web.Chat.Rooms;

public interface ILookRecord
{
    /// <summary>
    /// Whether an administrator who opened the room, with a reason, may see its pictures; the look is recorded, unless it
    /// is of the minute after another.
    /// </summary>
    Task<bool> PictureAsync(long administratorId, long roomId);
}
