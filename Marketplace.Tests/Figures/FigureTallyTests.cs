using System.Diagnostics.Metrics;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Figures;

/// <summary>What is counted as it happens.</summary>
public sealed class FigureTallyTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    private const string Request = "Te mando una solicitud de Bizum";

    private static readonly SafetyFinding Bizum = new(SafetyRule.BizumRequest, default, SafetySeverity.Danger);

    private readonly FigureTally tally = app.Services.GetRequiredService<FigureTally>();

    [Fact]
    public async Task What_is_counted_in_two_minutes_is_one_row_of_the_day()
    {
        var before = await ValueAsync(Figure.CoachSent);
        tally.Found(Figure.CoachSent, 8, "Overpayment");
        await WriteAsync();
        tally.Found(Figure.CoachSent, 8, "Overpayment");
        tally.Found(Figure.CoachSent, 8, "Overpayment");
        Assert.Equal(before + 3, await ValueAsync(Figure.CoachSent));
    }

    [Fact]
    public async Task The_delivery_of_each_message_is_counted()
    {
        var (_, bruno, room) = await app.TalkAsync();
        var before = await ValueAsync(Figure.Delivery);
        await bruno.SaysAsync(room, "Hola");
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        Assert.Equal(before + 2, await ValueAsync(Figure.Delivery));
    }

    [Fact]
    public async Task A_caution_is_counted_when_it_first_shows_and_once_when_it_is_called_wrong()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        var before = (await ValueAsync(Figure.CautionShown), await ValueAsync(Figure.CautionWrong));
        await bruno.SaysAsync(room, Request);
        for (var i = 0; i < 2; i++)
        {
            using var open = ana.Chat.Open(room, ana.RunAsync);
            await open.LoadAsync();
            await open.JumpAsync(1);
            open.Cautions.CallWrong(1);
            open.Cautions.CallWrong(1);
            open.Cautions.CallWrong(2);
            Assert.Null((await ana.Chat.MarkReadAsync(room, 1)));
        }
        // Whoever reads it a second time calls it wrong a second time, but is shown nothing new.
        Assert.Equal(
            (before.Item1 + 1, before.Item2 + 2),
            (await ValueAsync(Figure.CautionShown), await ValueAsync(Figure.CautionWrong))
        );
    }

    [Fact]
    public async Task A_page_that_is_not_live_and_whoever_wrote_it_count_nothing()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, Request);
        var before = await ValueAsync(Figure.CautionShown);
        using var still = ana.Chat.Open(room, run: null);
        await still.LoadAsync();
        using var own = bruno.Chat.Open(room, bruno.RunAsync);
        await own.LoadAsync();
        Assert.Equal(before, await ValueAsync(Figure.CautionShown));
    }

    [Fact]
    public async Task Of_what_a_browser_says_only_what_the_server_found_counts_and_only_once()
    {
        var before = await AllAsync();
        var coach = new CoachCount(tally);
        coach.Shown(["BizumRequest"]);
        coach.Found([Bizum]);
        coach.Shown(["BizumRequest", "FalseSale", "nothing"]);
        coach.Shown(["BizumRequest"]);
        coach.Answered(isWrong: true);
        coach.Found([Bizum]);
        coach.Shown(["BizumRequest"]);
        coach.Answered(isWrong: true);
        coach.Answered(isWrong: true);
        Assert.Equal((before.Shown + 2, before.Sent, before.Wrong + 1), await AllAsync());

        async Task<(long Shown, long Sent, long Wrong)> AllAsync() =>
            (
                await ValueAsync(Figure.CoachShown, (int)SafetyRule.BizumRequest),
                await ValueAsync(Figure.CoachSent, (int)SafetyRule.BizumRequest),
                await ValueAsync(Figure.CoachWrong, (int)SafetyRule.BizumRequest)
            );
    }

    [Fact]
    public void Whoever_listens_hears_the_rule_and_no_person()
    {
        var heard = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "marketplace.safety.findings")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) => heard.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))
        );
        listener.Start();
        tally.Found(Figure.CoachWrong, 9, "Pressure");
        Assert.Contains("rule=Pressure answer=CoachWrong", heard);
    }

    private Task WriteAsync() => app.Services.GetRequiredService<FigureWriter>().WriteAsync();

    private async Task<long> ValueAsync(Figure figure, int? part = null)
    {
        await WriteAsync();
        await using var db = app.Look();
        return await db
            .DailyFigures.Where(one => one.Figure == figure && (part == null || one.Part == part))
            .SumAsync(one => one.Value);
    }
}
