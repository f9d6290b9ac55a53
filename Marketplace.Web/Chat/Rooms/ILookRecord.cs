namespace Marketplace.Web.Chat.Rooms;

/// <summary>Records the looks of administrators that go past a room's page. Administration implements it.</summary>
public interface ILookRecord
{
    /// <summary>Records a look at a picture. Those of the minute after another look at the room are part of that one.</summary>
    Task PictureAsync(long administratorId, long roomId);
}
