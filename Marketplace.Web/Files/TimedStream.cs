using System.Diagnostics;

namespace Marketplace.Web.Files;

/// <summary>An upload that ends early once its time is over, as native decoding can be stopped in no other way.</summary>
internal sealed class TimedStream(ArraySegment<byte> upload, TimeSpan limit)
    : MemoryStream(upload.Array!, upload.Offset, upload.Count, writable: false)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    public override int Read(byte[] buffer, int offset, int count) =>
        Stopwatch.GetElapsedTime(begun) < limit ? base.Read(buffer, offset, count) : 0;
}
