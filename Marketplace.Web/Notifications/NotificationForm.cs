using System.Globalization;

namespace Marketplace.Web.Notifications;

/// <summary>Where a person wants to be told of one subject.</summary>
public sealed class ChannelForm
{
    public bool Here { get; set; }
    public bool Push { get; set; }
    public bool Mail { get; set; }
}

/// <summary>When nothing rings, in the person's zone: from a time to one of the same day or the next.</summary>
public sealed class QuietForm
{
    public bool IsOn { get; set; }

    /// <summary>Such as <c>22:30</c>.</summary>
    public string From { get; set; } = "";
    public string To { get; set; } = "";
    public bool Monday { get; set; }
    public bool Tuesday { get; set; }
    public bool Wednesday { get; set; }
    public bool Thursday { get; set; }
    public bool Friday { get; set; }
    public bool Saturday { get; set; }
    public bool Sunday { get; set; }
}

/// <summary>What a person wants to be told of, where and when: the same on the page and in the API.</summary>
public sealed class NotificationForm
{
    public ChannelForm Messages { get; set; } = new();
    public ChannelForm Deals { get; set; } = new();
    public ChannelForm Favourites { get; set; } = new();
    public ChannelForm Moderation { get; set; } = new();

    /// <summary>Whether notices on a device show the first words of a message.</summary>
    public bool ShowsWords { get; set; }
    public bool PlaysSound { get; set; }
    public QuietForm Quiet { get; set; } = new();

    /// <summary>Of mails and devices: <c>es</c>, <c>en</c>, or null for the one in which the person reads.</summary>
    public string? Language { get; set; }

    internal static NotificationForm Of(NotificationPreference saved) =>
        new()
        {
            Messages = Channels(saved, NoticeSubjects.Messages),
            Deals = Channels(saved, NoticeSubjects.Deals),
            Favourites = Channels(saved, NoticeSubjects.Favourites),
            Moderation = Channels(saved, NoticeSubjects.Moderation),
            ShowsWords = saved.ShowsWords,
            PlaysSound = saved.PlaysSound,
            Language = saved.Culture,
            Quiet = Hours(saved),
        };

    internal void Write(NotificationPreference saved)
    {
        (saved.OffHere, saved.OffPush, saved.OffMail) = (
            Off(one => one.Here),
            Off(one => one.Push),
            Off(one => one.Mail)
        );
        (saved.ShowsWords, saved.PlaysSound) = (ShowsWords, PlaysSound);
        saved.Culture = string.IsNullOrEmpty(Language) ? null : Language;
        (saved.QuietFrom, saved.QuietTo) = (Time(Quiet.From) ?? saved.QuietFrom, Time(Quiet.To) ?? saved.QuietTo);
        saved.QuietDays = Quiet.IsOn ? Days(Quiet) : WeekDays.None;
    }

    /// <summary>Whether all parts are there, and the hours are hours.</summary>
    internal bool IsWhole =>
        this is { Messages: not null, Deals: not null, Favourites: not null, Moderation: not null, Quiet: not null }
        && (!Quiet.IsOn || (Time(Quiet.From) is not null && Time(Quiet.To) is not null));

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(
            text,
            ["HH:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : null;

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private NoticeSubjects Off(Func<ChannelForm, bool> isOn) =>
        (isOn(Messages) ? NoticeSubjects.None : NoticeSubjects.Messages)
        | (isOn(Deals) ? NoticeSubjects.None : NoticeSubjects.Deals)
        | (isOn(Favourites) ? NoticeSubjects.None : NoticeSubjects.Favourites)
        | (isOn(Moderation) ? NoticeSubjects.None : NoticeSubjects.Moderation);

    private static ChannelForm Channels(NotificationPreference saved, NoticeSubjects subject) =>
        new()
        {
            Here = !saved.OffHere.HasFlag(subject),
            Push = !saved.OffPush.HasFlag(subject),
            Mail = !saved.OffMail.HasFlag(subject),
        };

    // Turned off, all days are offered for the next time.
    private static QuietForm Hours(NotificationPreference saved)
    {
        var days = saved.QuietDays is WeekDays.None ? WeekDays.All : saved.QuietDays;
        return new()
        {
            IsOn = saved.QuietDays is not WeekDays.None,
            From = Text(saved.QuietFrom),
            To = Text(saved.QuietTo),
            Monday = days.HasFlag(WeekDays.Monday),
            Tuesday = days.HasFlag(WeekDays.Tuesday),
            Wednesday = days.HasFlag(WeekDays.Wednesday),
            Thursday = days.HasFlag(WeekDays.Thursday),
            Friday = days.HasFlag(WeekDays.Friday),
            Saturday = days.HasFlag(WeekDays.Saturday),
            Sunday = days.HasFlag(WeekDays.Sunday),
        };
    }

    private static WeekDays Days(QuietForm quiet) =>
        (quiet.Monday ? WeekDays.Monday : 0)
        | (quiet.Tuesday ? WeekDays.Tuesday : 0)
        | (quiet.Wednesday ? WeekDays.Wednesday : 0)
        | (quiet.Thursday ? WeekDays.Thursday : 0)
        | (quiet.Friday ? WeekDays.Friday : 0)
        | (quiet.Saturday ? WeekDays.Saturday : 0)
        | (quiet.Sunday ? WeekDays.Sunday : 0);
}
