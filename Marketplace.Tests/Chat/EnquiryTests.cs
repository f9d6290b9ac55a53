using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat;

public sealed class EnquiryTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Only_who_wrote_has_asked(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var (asked, quiet) = (await ana.SellsAsync(), await ana.SellsAsync());
        await bruno.SaysAsync(await bruno.ContactsAsync(asked), "¿Sigue disponible?");
        await dora.ContactsAsync(asked);
        var enquiries = ana.Get<IEnquiries>();
        var counts = await enquiries.CountAsync([asked, quiet]);
        Assert.Equal([new(asked, new(1, null))], counts);
        Assert.True(await enquiries.HasAskedAsync(asked, bruno.Id));
        Assert.False(await enquiries.HasAskedAsync(asked, dora.Id));
        Assert.False(await enquiries.HasAskedAsync(quiet, bruno.Id));
    }

    [Theory, Databases]
    public async Task Five_answers_are_a_habit_and_lines_of_the_system_are_none(DatabaseProvider provider)
    {
        var app = apps[provider];
        var ana = await app.JoinAsync("Ana");
        var enquiries = ana.Get<IEnquiries>();
        for (var answered = 0; answered < 5; answered++)
        {
            var bruno = await app.JoinAsync("Bruno");
            var room = await bruno.ContactsAsync(await ana.SellsAsync());
            await bruno.SaysAsync(room, "¿Sigue disponible?");
            Assert.Null((await ana.Get<DealService>().MakeAsync(room, Settling.Reserve)).Refusal);
            Assert.Null(await enquiries.AnswerTimeAsync(ana.Id));
            await ana.SaysAsync(room, "Sí");
        }
        Assert.Equal(AnswerTime.WithinHour, await enquiries.AnswerTimeAsync(ana.Id));
    }

    [Theory]
    [InlineData(AnswerTime.WithinHour, 5, 8, 10, 900, 901)]
    [InlineData(AnswerTime.Hours, 5, 9, 60, 900, 901)]
    [InlineData(AnswerTime.Day, 5, 9, 500, 900, 901)]
    [InlineData(AnswerTime.Days, 5, 9, 1440, 9000, 9001)]
    public void The_middle_answer_tells_how_soon_somebody_answers(AnswerTime expected, params int[] minutes) =>
        Assert.Equal(expected, EnquiryService.Usual([.. minutes.Select(m => (TimeSpan?)TimeSpan.FromMinutes(m))]));

    [Fact]
    public void Four_answers_are_no_habit() =>
        Assert.Null(EnquiryService.Usual([.. Enumerable.Repeat<TimeSpan?>(TimeSpan.FromMinutes(5), 4), null]));
}
