using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Web.Figures;

/// <summary>What is counted per day. Stored as a number: append only.</summary>
public enum Figure
{
    /// <summary>Not a count: the id of the day's first message. The next day's ends it.</summary>
    FirstMessage = 1,

    /// <summary>Messages that people wrote; no lines of the site.</summary>
    Messages = 2,

    /// <summary>Rooms in which somebody wrote.</summary>
    Rooms = 3,

    /// <summary>People who wrote.</summary>
    People = 4,

    /// <summary>Rooms whose first message is of that day.</summary>
    Begun = 5,

    /// <summary>
    /// Rooms by the <see cref="TimeBuckets"/> of the time from the buyer's first message to the seller's first one, on
    /// the day of the seller's.
    /// </summary>
    FirstAnswer = 6,

    /// <summary>Rooms whose buyer has waited for an answer for more than 24 hours, when they were last counted that day.</summary>
    Unanswered = 7,

    /// <summary>New reports by reason.</summary>
    Reports = 8,

    /// <summary>Reports without a decision, when they were last counted that day.</summary>
    OpenReports = 9,

    /// <summary>What administrators opened, by kind of look.</summary>
    Looks = 10,

    /// <summary>Bytes, when they were last counted that day.</summary>
    Database = 11,
    Files = 12,

    /// <summary>Messages by the <see cref="TimeBuckets"/> of their delivery: see <see cref="FigureTally.Delivered"/>.</summary>
    Delivery = 13,

    /// <summary>What writers were told before sending, by rule; and how often they sent it all the same, or said that it is wrong.</summary>
    CoachShown = 14,
    CoachSent = 15,
    CoachWrong = 16,

    /// <summary>What readers were told beside a new message, by rule, and how often they said that it is wrong.</summary>
    CautionShown = 17,
    CautionWrong = 18,
}

/// <summary>One figure of one day. Contains nobody's text or name.</summary>
public sealed class DailyFigure
{
    /// <summary>In UTC, so that it is one and the same for everybody.</summary>
    public DateOnly Day { get; set; }
    public Figure Figure { get; set; }

    /// <summary>A bucket, a rule, a reason; 0 where a figure has one number a day.</summary>
    public int Part { get; set; }
    public long Value { get; set; }
}

/// <summary>When the tables were last counted: one row, by which one node of several does it.</summary>
public sealed class FigureRound
{
    public const int Only = 1;

    public int Id { get; set; } = Only;

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}

internal sealed class FigureConfiguration : IEntityTypeConfiguration<DailyFigure>, IEntityTypeConfiguration<FigureRound>
{
    public void Configure(EntityTypeBuilder<DailyFigure> figure)
    {
        figure.ToTable("DailyFigures");
        figure.HasKey(f => new
        {
            f.Day,
            f.Figure,
            f.Part,
        });
    }

    public void Configure(EntityTypeBuilder<FigureRound> round)
    {
        round.ToTable("FigureRounds");
        round.Property(r => r.Id).ValueGeneratedNever();
        round.HasData(new FigureRound());
    }
}
