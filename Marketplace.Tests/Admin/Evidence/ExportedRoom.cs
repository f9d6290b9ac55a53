using System.IO.Compression;
using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Chat;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin.Evidence;

/// <summary>A conversation with all that one can have, and its archive.</summary>
public sealed class ExportedRoom : IAsyncLifetime
{
    public const string Formula = "=HYPERLINK(\"http://x\") <script>alert(1)</script> \u2067";

    public MarketplaceApp App { get; } = new();
    public Person Ana { get; private set; } = default!;
    public Person Bruno { get; private set; } = default!;
    public Person Carla { get; private set; } = default!;
    public long Room { get; private set; }
    public byte[] Archive { get; private set; } = [];

    public SigningKey Signing => App.Services.GetRequiredService<SigningKey>();
    public TranscriptKey Key => new(Signing.Fingerprint);

    public ExportedRoom() => App.Settings["Audit:KeyFile"] = Path.Combine(App.Folder.FullName, "key.pem");

    public async Task InitializeAsync()
    {
        (Ana, Bruno, Room) = await App.TalkAsync();
        Carla = await App.JoinAsync("Carla", administrator: true);
        await Bruno.SaysAsync(Room, Formula);
        await Bruno.Chat.SendAsync(Room, Guid.NewGuid(), "mira", pictures: [await UploadAsync(App, Bruno)]);
        await Ana.SaysAsync(Room, "Te la dejo en 170 €");
        await Ana.Get<MessageService>().EditAsync(Room, 3, "Te la dejo en 150 €");
        await Bruno.SaysAsync(Room, "Págame por Bizum");
        await Bruno.Get<MessageService>().DeleteAsync(Room, 4);
        await Ana.Get<MessageService>().ReactAsync(Room, 1, "👍");
        await Ana.SaysAsync(Room, "No.\nAdiós.");
        await Bruno.SaysAsync(Room, "Adiós");
        Archive = await ExportAsync(Carla, Room);
    }

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    public static async Task<byte[]> ExportAsync(Person administrator, long room)
    {
        using (var look = administrator.LooksAt(room))
            await look.LoadAsync();
        var purpose = Look.For(LookReason.Legal, "Juzgado 3");
        var made = await administrator.Get<TranscriptService>().ExportAsync(room, purpose, default);
        Assert.True(made.Succeeded, made.Refusal?.Text);
        await using var archive = made.Value;
        using var bytes = new MemoryStream();
        await archive.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public static async Task<PhotoView> UploadAsync(MarketplaceApp app, Person owner)
    {
        using var content = new MemoryStream(Pictures.Png);
        var saved = await app.Services.GetRequiredService<PictureUploads>().SaveAsync(owner.Id, content, default);
        return new(saved.Value!.File, saved.Value.Thumbnail);
    }

    public static string Text(byte[] archive, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The archive with another text under a name, or, with null, without it.</summary>
    public byte[] With(string name, Func<string, string?> change)
    {
        var bytes = new MemoryStream();
        bytes.Write(Archive);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            var text = change(Text(Archive, name));
            zip.GetEntry(name)!.Delete();
            if (text is not null)
                Add(zip, name, Encoding.UTF8.GetBytes(text));
        }
        return bytes.ToArray();
    }

    public byte[] With(string name, byte[] content)
    {
        var bytes = new MemoryStream();
        bytes.Write(Archive);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
            Add(zip, name, content);
        return bytes.ToArray();
    }

    /// <summary>Its messages, as lines without commas.</summary>
    public byte[] WithMessages(Func<List<string>, IEnumerable<string>> change) =>
        With(
            "transcript.json",
            text =>
            {
                var lines = text.Split('\n');
                var messages = lines[1..^2].Select(line => line.TrimEnd(',')).ToList();
                var changed = string.Join(",\n", change(messages));
                return $"{lines[0]}\n{changed}{(changed.Length > 0 ? "\n" : "")}]}}\n";
            }
        );

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}
