using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class PictureTests(Site site)
{
    private static string Picture(string name) => Path.Combine(Sources.Root, "Data", "Demo", "pictures", $"{name}.jpg");

    [BrowserFact]
    public async Task Pictures_are_sent_seen_large_and_gone_when_the_message_is_deleted()
    {
        await using var ana = await site.VisitAsync("ana");
        await using var bruno = await site.VisitAsync("bruno", Site.Phone);
        await using var lucia = await site.VisitAsync("lucia");
        await ana.OpenAsync("/messages/1");
        await bruno.OpenAsync("/messages/1");
        var files = ana.Page.Locator("[data-files]");
        await files.SetInputFilesAsync([Picture("bici-electrica"), Picture("bici-electrica-2"), Picture("sofa-gris")]);
        var tray = ana.Page.GetByRole(AriaRole.List, new() { Name = "Fotos por enviar" });
        await tray.GetByRole(AriaRole.Button, new() { Name = "Quitar la foto" }).Last.ClickAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        // What was taken away may still be on its way out of the browser's own store.
        await Eventually.TrueAsync(
            async () =>
                await ana.Page.EvaluateAsync<int>("async () => (await (await caches.open('tray')).keys()).length") == 0,
            "nothing is kept for another upload"
        );
        await ana.Page.ReloadAsync();
        await ana.LiveAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await ana.Send.ClickAsync();

        var pictures = bruno.Log.Locator("a[data-picture]");
        await Assertions.Expect(pictures).ToHaveCountAsync(2);
        await Assertions.Expect(pictures.Last).ToBeInViewportAsync();
        await pictures.First.ClickAsync();
        var viewer = bruno.Page.GetByRole(AriaRole.Dialog, new() { Name = "Fotos" });
        await viewer.GetByText("1 de 2").WaitForAsync();
        await bruno.Page.Keyboard.PressAsync("ArrowRight");
        await viewer.GetByText("2 de 2").WaitForAsync();
        await bruno.Page.Keyboard.PressAsync("Escape");
        await viewer.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        var address = (await pictures.First.GetAttributeAsync("href"))!;
        Assert.Equal(200, (await bruno.Page.APIRequest.GetAsync(address)).Status);
        Assert.Equal(404, (await lucia.Page.APIRequest.GetAsync(address)).Status);
        Assert.Equal(404, (await lucia.Page.APIRequest.GetAsync($"/files/{address.Split('/')[^1]}")).Status);
        await ana.Log.Locator(".message").Last.ClickAsync(new() { Button = MouseButton.Right });
        await ana.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Eliminar" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Eliminar" }).ClickAsync();
        await Assertions.Expect(pictures).ToHaveCountAsync(0);
        await Eventually.TrueAsync(
            async () => (await bruno.Page.APIRequest.GetAsync(address)).Status == 404,
            "the picture is gone"
        );
    }

    [BrowserFact]
    public async Task What_is_no_picture_is_refused_with_its_name_and_the_text_stays()
    {
        await using var bruno = await site.VisitAsync("bruno");
        await bruno.OpenAsync("/messages/1");
        await bruno.Text.FillAsync("Te mando la foto");
        await bruno
            .Page.Locator("[data-files]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "raro.png",
                    MimeType = "image/png",
                    Buffer = [1, 2, 3],
                }
            );
        await bruno.Page.GetByRole(AriaRole.Alert).GetByText("«raro.png» no parece una foto").WaitForAsync();
        // Sending repeats the error with advice; without the picture, the text can be sent.
        await bruno.Send.ClickAsync();
        await bruno.Page.GetByRole(AriaRole.Alert).GetByText("no parece una foto. Quítala").WaitForAsync();
        Assert.Equal("Te mando la foto", await bruno.Text.InputValueAsync());
        await bruno.Page.GetByRole(AriaRole.Button, new() { Name = "Quitar la foto" }).ClickAsync();
        await Assertions.Expect(bruno.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await bruno.Send.ClickAsync();
        await bruno.SeesAsync("Te mando la foto");
    }

    [BrowserFact]
    public async Task Pictures_are_pasted_and_dropped_ten_at_most()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        var tray = rosa.Page.GetByRole(AriaRole.List, new() { Name = "Fotos por enviar" });
        await GiveAsync(rosa.Text, "paste", 3);
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await GiveAsync(rosa.Log, "drop", 8);
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await rosa.Page.GetByRole(AriaRole.Alert).GetByText("Un mensaje admite 10 fotos como máximo.").WaitForAsync();
        await rosa.Send.ClickAsync();
        await Assertions.Expect(teo.Log.Locator("a[data-picture]")).ToHaveCountAsync(10);
        await Assertions.Expect(tray).ToBeHiddenAsync();
        // Four are visible; the fourth shows the number of the others. The viewer zooms and downloads.
        await Assertions.Expect(teo.Log.Locator("a[data-picture]:visible")).ToHaveCountAsync(4);
        await Assertions.Expect(teo.Log.Locator("a[data-more]")).ToHaveAttributeAsync("data-more", "+6");
        await teo.Log.Locator("a[data-more]").ClickAsync();
        var viewer = teo.Page.GetByRole(AriaRole.Dialog);
        await viewer.GetByText("4 de 10").WaitForAsync();
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Ampliar" }).ClickAsync();
        await Assertions.Expect(viewer.Locator("img[data-zoomed]")).ToHaveCountAsync(1);
        var saved = await teo.Page.RunAndWaitForDownloadAsync(() =>
            viewer.GetByRole(AriaRole.Link, new() { Name = "Guardar la foto" }).ClickAsync()
        );
        Assert.Null(await saved.FailureAsync());
    }

    [BrowserFact]
    public async Task Pictures_on_their_way_and_there_come_back_after_a_reload()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        var tray = rosa.Page.GetByRole(AriaRole.List, new() { Name = "Fotos por enviar" });
        await GiveAsync(rosa.Text, "paste", 1);
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        // Uploads hang from here on.
        await rosa.Page.RouteAsync("**/files", _ => { });
        await GiveAsync(rosa.Text, "paste", 3);
        await tray.GetByRole(AriaRole.Button, new() { Name = "Quitar la foto" }).Last.ClickAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(2);
        await Eventually.TrueAsync(
            () => rosa.Page.EvaluateAsync<bool>("async () => (await (await caches.open('tray')).keys()).length === 2"),
            "they are kept"
        );
        await rosa.Page.ReloadAsync();
        await rosa.LiveAsync();
        await rosa.Page.UnrouteAllAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await rosa.Send.ClickAsync();
        await Assertions.Expect(teo.Log.Locator("a[data-picture]")).ToHaveCountAsync(3);
        await rosa.OpenAsync(talk.Url);
        await Assertions.Expect(tray).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_picture_beyond_the_quota_stays_in_the_tray_and_says_why()
    {
        await using var app = new MarketplaceApp
        {
            Settings =
            {
                ["Demo:Seed"] = "true",
                ["Limits:Enabled"] = "true",
                ["Limits:PendingPictures"] = "1",
            },
        };
        await using var bruno = await site.VisitAsync("bruno", Site.Phone, at: app.ListenOn(0));
        bruno.ExpectComplaints();
        await bruno.OpenAsync("/messages/1");
        var tray = bruno.Page.GetByRole(AriaRole.List, new() { Name = "Fotos por enviar" });
        await GiveAsync(bruno.Text, "paste", 1);
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await GiveAsync(bruno.Text, "paste", 1);
        await bruno
            .Page.GetByRole(AriaRole.Alert)
            .GetByText("máximo de fotos sin enviar ni publicar (1)")
            .WaitForAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        // Meanwhile the first is used elsewhere.
        await using (var db = app.Look())
            await db.Files.ExecuteUpdateAsync(file => file.SetProperty(f => f.State, FileState.Attached));
        await tray.GetByRole(AriaRole.Button, new() { Name = "Reintentar" }).ClickAsync();
        await Assertions.Expect(bruno.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await Assertions.Expect(tray.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await Assertions.Expect(tray.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
    }

    private static Task GiveAsync(ILocator target, string how, int count) =>
        target.EvaluateAsync(
            """
            async (target, [how, count]) => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
              canvas.getContext('2d');
              const picture = await new Promise((done) => canvas.toBlob(done));
              const data = new DataTransfer();
              for (let i = 1; i <= count; i++) data.items.add(new File([picture], `foto ${i}.png`, { type: 'image/png' }));
              const options = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
              target.dispatchEvent(how === 'paste' ? new ClipboardEvent(how, options) : new DragEvent(how, options));
            }
            """,
            new object[] { how, count }
        );
}
