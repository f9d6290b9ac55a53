using System.IO.Compression;
using System.Text.RegularExpressions;
using Marketplace.Tests.Admin.Evidence;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Safety.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>From a report to the second decision, each in their own browser.</summary>
[Collection(SecondSite.Name)]
public sealed class StoryTests(Site site)
{
    private const string Bad = "Págame por este enlace";

    [BrowserFact]
    public async Task A_report_is_judged_objected_to_judged_again_and_all_of_it_can_be_accounted_for()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var bad = await talk.Teo.SaysAsync(talk.RoomId, Bad);
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await using var teo = await site.VisitAsync(talk.Teo);
        await using var carla = await site.VisitAsync(await site.App.JoinAsync("Carla", administrator: true));
        await using var olga = await site.VisitAsync(await site.App.JoinAsync("Olga", administrator: true));
        await using var auditor = await site.VisitAsync(await site.App.JoinAsync("Aurora", auditor: true));
        await teo.OpenAsync(talk.Url);

        var report = await ReportsAsync(rosa, talk, bad.Seq);
        await carla.Page.GotoAsync($"/admin/reports/{report}");
        await Expect(carla.Page.Locator(".evidence")).ToContainTextAsync(Bad);
        await olga.Page.GotoAsync($"/admin/reports/{report}");
        await Expect(olga.Page.GetByText("Otra persona de la administración la está viendo.")).ToBeVisibleAsync();

        await HidesAsync(carla, talk, bad.Seq);
        await Expect(teo.Log.GetByText("Mensaje ocultado por la administración")).ToBeVisibleAsync();
        var file = await ExportsAsync(carla);

        await carla.Page.GotoAsync($"/admin/reports/{report}");
        await DecidesAsync(carla, "Cuenta suspendida", "Suspender y cerrar", rule: "OutsidePayment");
        await teo.SignedOutAsync();
        await rosa.Page.ReloadAsync();
        await Expect(rosa.Page.GetByText("Cuenta suspendida")).ToBeVisibleAsync();

        await ObjectsAsync(teo, talk.Teo.Id, report);
        await carla.Page.GotoAsync($"/admin/reports/{report}");
        await Expect(carla.Page.Locator(".empty")).ToContainTextAsync("Otra persona tiene que revisarlo");
        await olga.Page.GotoAsync($"/admin/reports/{report}");
        await Expect(olga.Page.GetByText("Solo era mi trabajo")).ToBeVisibleAsync();
        await olga.Page.GetByLabel("No incumple las normas").CheckAsync();
        await olga.Page.GetByLabel("Mensaje para Teo").FillAsync("Tienes razón, y lo sentimos.");
        await DecidesAsync(olga, "No incumple las normas", "Decidir y cerrar");
        await teo.Page.GotoAsync("/account/login");
        await teo.FillInAsync(talk.Teo.Email);

        await AuditsAsync(auditor, report);
        await SeesLooksAsync(rosa, talk);
        await VerifiesAsync(file);
    }

    private static async Task<long> ReportsAsync(Visit rosa, Talk talk, long seq)
    {
        await rosa.OpenAsync(talk.Url);
        await ChooseAsync(rosa, seq, "Denunciar");
        await rosa.Page.GetByText("Pide pagar fuera de aquí").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Enviar la denuncia" }).ClickAsync();
        await rosa.Page.WaitForURLAsync("**/reports/*");
        return long.Parse(new Uri(rosa.Page.Url).Segments[^1], null);
    }

    private static async Task ChooseAsync(Visit visit, long seq, string act)
    {
        await visit.Page.Locator($".message[data-seq='{seq}']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = act }).ClickAsync();
    }

    private static async Task HidesAsync(Visit carla, Talk talk, long seq)
    {
        await carla.Page.GetByRole(AriaRole.Link, new() { Name = "Ver en contexto" }).ClickAsync();
        await Visit.GiveReasonAsync(carla.Page);
        await ChooseAsync(carla, seq, "Ocultar");
        var dialog = carla.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("¿Ocultar este mensaje de Teo?");
        await dialog.GetByLabel("Norma incumplida").SelectOptionAsync("OutsidePayment");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ocultar el mensaje" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private async Task<string> ExportsAsync(Visit carla)
    {
        await carla.Page.GetByRole(AriaRole.Button, new() { Name = "Más acciones" }).ClickAsync();
        await carla.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Exportar" }).ClickAsync();
        var dialog = carla.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[value=Legal]").CheckAsync();
        await dialog.GetByLabel("Para qué y para quién").FillAsync("Juzgado 3");
        var download = await carla.Page.RunAndWaitForDownloadAsync(() =>
            dialog.GetByRole(AriaRole.Button, new() { Name = "Exportar y dejar constancia" }).ClickAsync()
        );
        var file = Path.Combine(site.App.Folder.FullName, download.SuggestedFilename);
        await download.SaveAsAsync(file);
        return file;
    }

    private static async Task DecidesAsync(Visit visit, string outcome, string button, string? rule = null)
    {
        var form = visit.Page.Locator("form.decision");
        await form.GetByLabel(outcome).CheckAsync();
        if (rule is not null)
            await form.GetByLabel("Norma incumplida").SelectOptionAsync(rule);
        await form.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        if (rule is not null)
        {
            await Expect(dialog).ToContainTextAsync("¿Suspender a Teo?");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Suspender", Exact = true }).ClickAsync();
        }
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/admin/reports$"));
    }

    // The address of the mail: a suspended person cannot sign in.
    private async Task ObjectsAsync(Visit teo, long person, long report)
    {
        await teo.Page.GotoAsync(site.App.Services.GetRequiredService<DecisionLinks>().PageOf(person, report));
        await teo.Page.GetByLabel("Cuéntanos por qué").FillAsync("Solo era mi trabajo");
        await teo.Page.GetByRole(AriaRole.Button, new() { Name = "Pedir una revisión" }).ClickAsync();
        await Expect(teo.Page.GetByText("Otra persona de la administración lo está revisando.")).ToBeVisibleAsync();
    }

    private static async Task AuditsAsync(Visit auditor, long report)
    {
        await auditor.Page.GotoAsync("/admin/audit");
        var record = auditor.Page.Locator(".admin-grid");
        foreach (
            var deed in new[]
            {
                "Tomó una denuncia",
                "Vio la prueba de una denuncia",
                "Consultó una conversación",
                "Ocultó un mensaje",
                "Exportó una conversación",
            }
        )
            await Expect(record.GetByText(deed).First).ToBeVisibleAsync();
        await Expect(record.GetByText($"#{report} Suspension").First).ToBeVisibleAsync();
        await Expect(record.GetByText($"#{report} NoInfringement").First).ToBeVisibleAsync();
        auditor.ExpectComplaints();
        var answer = await auditor.Page.GotoAsync("/admin/rooms");
        Assert.Equal(404, answer!.Status);
    }

    private static async Task SeesLooksAsync(Visit rosa, Talk talk)
    {
        await rosa.OpenAsync(talk.Url);
        await rosa.Page.Locator("summary[aria-label='Opciones de la conversación']").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Quién lee esta conversación" }).ClickAsync();
        await Expect(rosa.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("sospecha de fraude");
    }

    private async Task VerifiesAsync(string file)
    {
        var key = site.App.Services.GetRequiredService<SigningKey>().Fingerprint;
        Assert.Equal(0, (await TranscriptCommandTests.VerifyAsync(file, key)).Code);
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("transcript.json")!;
            using var reader = new StreamReader(await entry.OpenAsync());
            var text = (await reader.ReadToEndAsync()).Replace(Bad, "Te pago aquí", StringComparison.Ordinal);
            reader.Dispose();
            entry.Delete();
            await using var writer = new StreamWriter(await zip.CreateEntry("transcript.json").OpenAsync());
            await writer.WriteAsync(text);
        }
        var (code, said) = await TranscriptCommandTests.VerifyAsync(file, key);
        Assert.Equal((1, true), (code, said.StartsWith("Broken: message 2", StringComparison.Ordinal)));
    }
}
