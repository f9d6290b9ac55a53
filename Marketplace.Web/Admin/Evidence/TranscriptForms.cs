using System.IO.Compression;
using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>The three forms of a transcript, written side by side: an archive takes one file after another.</summary>
internal sealed class TranscriptForms(TranscriptPage page) : IAsyncDisposable
{
    public const string Json = "transcript.json";
    public const string Html = "transcript.html";
    public const string Csv = "messages.csv";

    private readonly StreamWriter json = Writer(marked: false);
    private readonly StreamWriter html = Writer(marked: false);

    // The mark by which spreadsheets know UTF-8.
    private readonly StreamWriter csv = Writer(marked: true);
    private bool isFirst = true;

    /// <summary>What the first message holds on to.</summary>
    public async Task<string> BeginAsync(TranscriptHeader header)
    {
        var open = TranscriptJson.Open(header);
        await json.WriteAsync(open + TranscriptJson.BeforeMessages);
        await html.WriteAsync(page.Open(header));
        await csv.WriteAsync(TranscriptTable.Titles);
        return TranscriptChain.Begin(open);
    }

    public async Task AddAsync(TranscriptMessage message)
    {
        await json.WriteAsync((isFirst ? "\n" : ",\n") + TranscriptJson.Line(message));
        await html.WriteAsync(page.Message(message));
        await csv.WriteAsync(TranscriptTable.Line(message));
        isFirst = false;
    }

    public async Task EndAsync(TranscriptArchive archive, string head, string key, CancellationToken cancellation)
    {
        await json.WriteAsync($"\n{TranscriptJson.AfterMessages}\n");
        await html.WriteAsync(page.Close(head, key));
        foreach (var (name, writer) in new[] { (Html, html), (Json, json), (Csv, csv) })
        {
            await writer.FlushAsync(cancellation);
            writer.BaseStream.Position = 0;
            await archive.AddAsync(name, writer.BaseStream, CompressionLevel.Optimal, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await json.DisposeAsync();
        await html.DisposeAsync();
        await csv.DisposeAsync();
    }

    private static StreamWriter Writer(bool marked) => new(TemporaryFile.Open(), new UTF8Encoding(marked));
}
