using Amazon.S3.Model;

namespace Marketplace.Web.Files;

/// <summary>
/// Reads one object. Another place than the next byte is asked for anew, so that a part of a large one can be sent
/// without what is before it.
/// </summary>
internal sealed class BucketStream(GetObjectResponse first, Func<long, Task<GetObjectResponse>> from) : Stream
{
    private GetObjectResponse? answer = first;
    private long at;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; } = first.ContentLength;

    public override long Position
    {
        get => at;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value == at)
                return;
            at = value;
            answer?.Dispose();
            answer = null;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => at + offset,
            _ => Length + offset,
        };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at >= Length)
            return 0;
        answer ??= await from(at);
        var read = await answer.ResponseStream.ReadAsync(buffer, cancellationToken);
        at += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        answer?.Dispose();
        answer = null;
        base.Dispose(disposing);
    }
}
