using System.Text;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>Reads a transcript line by line, of bounded length.</summary>
internal sealed class TranscriptLines(StreamReader reader) : IDisposable
{
    /// <summary>A message of 4,000 letters that was corrected again and again for a quarter of an hour.</summary>
    private const int MaxLength = 64 * 1024 * 1024;

    private readonly char[] block = new char[16 * 1024];
    private (int At, int Length) read;

    /// <summary>The text before the messages; null if there is none.</summary>
    public async Task<string?> HeaderAsync() =>
        await LineAsync() is { } line && line.EndsWith(TranscriptJson.BeforeMessages, StringComparison.Ordinal)
            ? line[..^TranscriptJson.BeforeMessages.Length]
            : null;

    /// <summary>A message; null after the last.</summary>
    public async Task<string?> NextAsync()
    {
        var line = await LineAsync();
        return line is null or TranscriptJson.AfterMessages ? null
            : line.EndsWith(',') ? line[..^1]
            : line;
    }

    public void Dispose() => reader.Dispose();

    private async Task<string?> LineAsync()
    {
        var line = new StringBuilder();
        while (line.Length < MaxLength)
        {
            if (read.At == read.Length)
                read = (0, await reader.ReadAsync(block));
            if (read.Length == 0)
                return line.Length == 0 ? null : line.ToString();
            var rest = block.AsSpan(read.At..read.Length);
            var end = rest.IndexOf('\n');
            line.Append(end < 0 ? rest : rest[..end]);
            read.At = end < 0 ? read.Length : read.At + end + 1;
            if (end >= 0)
                return line.ToString();
        }
        throw new InvalidDataException("A line is too long.");
    }
}
