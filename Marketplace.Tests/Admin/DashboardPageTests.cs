using System.Globalization;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Marketplace.Tests.Admin;

/// <summary>The dashboard as administrators and auditors see it.</summary>
public sealed class DashboardPageTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task An_administrator_sees_today_also_as_a_table_and_has_the_unread_counts_checked()
    {
        var (_, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Hola");
        await using var screen = new Screen(await app.JoinAsync("Carla", administrator: true));
        var page = screen.ShowWithProviders<DashboardPage>();
        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".tile b").TextContent));
        Assert.Equal("1", page.Find("section.wide tbody tr td").TextContent);
        Assert.Equal("true", page.Find(".chart").GetAttribute("aria-hidden"));
        page.FindAll("button").Single(button => button.TextContent == "Comprobar ahora").Click();
        page.WaitForAssertion(() => Assert.Contains("Comprobado: 0 de 2 desviados.", page.Markup));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Corregir");
    }

    [Fact]
    public void Each_queue_has_a_name_in_both_languages()
    {
        var texts = app.Services.GetRequiredService<IStringLocalizer<AdminTexts>>();
        foreach (var language in new[] { "es", "en" })
        {
            CultureInfo.CurrentUICulture = new(language);
            Assert.All(
                app.Services.GetServices<IOutboxWorker>(),
                worker => Assert.False(texts[$"Queue.{worker.Kind}"].ResourceNotFound, worker.Kind)
            );
        }
    }

    [Fact]
    public async Task An_auditor_reads_the_same_and_has_nothing_to_press()
    {
        await using var screen = new Screen(await app.JoinAsync("Vera", auditor: true));
        var page = screen.ShowWithProviders<DashboardPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tile")));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent is "Comprobar ahora" or "Corregir");
    }
}
