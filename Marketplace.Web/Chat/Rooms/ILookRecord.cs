namespace Marketplace.Web.Chat.Rooms;

public interface ILookRecord
{
    /// <summary>Records a look at a picture. Those of the minute after another look at the room are part of that one.</summary>
    Task PictureAsync(long administratorId, long roomId);
}
