using FsCheck;
using FsCheck.Fluent;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Tests.Chat;

public sealed class MessageWindowTests
{
    private readonly MessageWindow window = new();

    [Fact]
    public void A_message_that_was_told_and_loaded_appears_once()
    {
        window.Begin([Message(2), Message(1)], rev: 2, newestSeq: 2);
        Assert.Equal(Merged.Known, window.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_next_message_goes_to_the_end()
    {
        window.Begin([Message(1)], rev: 1, newestSeq: 1);
        Assert.Equal(Merged.Applied, window.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_first_message_of_an_empty_room_is_its_first_row()
    {
        window.Begin([], rev: 0, newestSeq: 0);
        Assert.Equal(Merged.Applied, window.Add(Message(1)));
        Assert.Equal([1], Seqs);
    }

    [Fact]
    public void A_page_that_stays_open_holds_no_more_than_it_loaded()
    {
        window.Begin(Enumerable.Range(1, 50).Select(seq => Message(seq)), rev: 50, newestSeq: 50);
        for (var seq = 51; seq <= 80; seq++)
            Assert.Equal(Merged.Applied, window.Add(Message(seq)));
        Assert.Equal(Enumerable.Range(31, 50).Select(seq => (long)seq), Seqs);
        Assert.True(window.HasOlder());
    }

    [Fact]
    public void Who_reads_old_messages_keeps_them_while_new_ones_come()
    {
        window.Begin(Enumerable.Range(51, 50).Select(seq => Message(seq)), rev: 100, newestSeq: 100);
        window.Prepend(Enumerable.Range(1, 50).Select(seq => Message(seq)));
        for (var seq = 101; seq <= 150; seq++)
            window.Add(Message(seq));
        Assert.Equal(1, Seqs.First());
        window.Add(Message(151));
        Assert.Equal(2, Seqs.First());
    }

    [Fact]
    public void A_change_of_the_room_without_a_message_leaves_no_hole()
    {
        window.Begin([Message(1)], rev: 1, newestSeq: 1);
        Assert.Equal(Merged.Known, window.Pass(2));
        Assert.Equal(Merged.Gap, window.Pass(4));
        Assert.Equal(2, window.Rev);
    }

    [Fact]
    public void A_hole_is_noticed_and_closed_by_catching_up()
    {
        window.Begin([Message(1)], rev: 1, newestSeq: 1);
        Assert.Equal(Merged.Gap, window.Add(Message(4)));
        window.CatchUp([Message(2), Message(3), Message(4)]);
        Assert.Equal([1, 2, 3, 4], Seqs);
        Assert.Equal(4, window.Rev);
    }

    [Fact]
    public void New_ones_that_were_changed_meanwhile_stand_in_their_places()
    {
        window.Begin([Message(1)], rev: 1, newestSeq: 1);
        // 2 was posted, and edited after 3 and 4.
        window.CatchUp([Message(3), Message(4), Message(2, rev: 5, "corregido")]);
        Assert.Equal([1, 2, 3, 4], Seqs);
        Assert.False(window.HasNewer);
        Assert.Equal(Merged.Applied, window.Add(Message(5, rev: 6)));
    }

    [Fact]
    public void Whatever_is_missed_the_window_ends_as_the_room_is() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Gen.Choose(0, 9).Two().Select(pair => (Step: pair.Item1, Luck: pair.Item2)).ArrayOf(80).ToArbitrary(),
                steps => EndsAsTheRoom(steps)
            )
        );

    // A random room: half of the steps post, half change a message; three in ten events are lost.
    private static bool EndsAsTheRoom((int Step, int Luck)[] steps)
    {
        var (room, rev, window) = (new List<MessageView>(), 0L, new MessageWindow());
        window.Begin([], rev: 0, newestSeq: 0);
        foreach (var (step, luck) in steps)
        {
            var place = step < 5 || room.Count == 0 ? room.Count : (step * 7 + luck) % room.Count;
            var message = Message(place + 1, ++rev, $"{rev}");
            if (place == room.Count)
                room.Add(message);
            else
                room[place] = message;
            if (luck < 3)
                continue;
            if (window.Add(message) == Merged.Gap)
                window.CatchUp(room.Where(one => one.Rev > window.Rev).OrderBy(one => one.Rev));
            if (!Shows(window, room))
                return false;
        }
        return true;
    }

    private static bool Shows(MessageWindow window, List<MessageView> room) =>
        !window.HasNewer
        && window.Messages.Select(m => (m.Seq, m.Rev)).SequenceEqual(room.TakeLast(50).Select(m => (m.Seq, m.Rev)));

    [Fact]
    public void A_newer_version_replaces_and_an_older_one_does_not()
    {
        window.Begin([Message(1), Message(2)], rev: 2, newestSeq: 2);
        Assert.Equal(Merged.Applied, window.Add(Message(1, rev: 3, "corregido")));
        Assert.Equal(Merged.Known, window.Add(Message(1, rev: 1, "antes")));
        Assert.Equal("corregido", window.Messages[0].Body);
    }

    [Fact]
    public void Older_messages_come_before_and_only_where_they_touch()
    {
        window.Begin([Message(5), Message(6)], rev: 6, newestSeq: 6);
        window.Prepend([Message(1), Message(3), Message(4)]);
        Assert.Equal([3, 4, 5, 6], Seqs);
        Assert.True(window.HasOlder());
    }

    [Fact]
    public void A_change_before_the_window_is_noted_but_shows_nothing()
    {
        window.Begin([Message(5)], rev: 5, newestSeq: 5);
        Assert.Equal(Merged.Known, window.Add(Message(2, rev: 6)));
        Assert.Equal([5], Seqs);
        Assert.Equal(6, window.Rev);
    }

    [Fact]
    public void A_window_in_the_middle_counts_what_comes_after_it_and_grows_to_the_end()
    {
        window.Begin(Enumerable.Range(11, 50).Select(seq => Message(seq)), rev: 200, newestSeq: 200);
        Assert.True(window.HasNewer);
        Assert.Equal(Merged.Known, window.Add(Message(201)));
        Assert.Equal((60, 201), (window.LastSeq, window.NewestSeq));
        window.Append(Enumerable.Range(61, 50).Select(seq => Message(seq)));
        window.Append(Enumerable.Range(111, 50).Select(seq => Message(seq)));
        window.Append(Enumerable.Range(161, 41).Select(seq => Message(seq)));
        Assert.False(window.HasNewer);
        Assert.Equal(MessageWindow.MaxRows, window.Messages.Count);
        Assert.Equal(Merged.Applied, window.Add(Message(202)));
    }

    [Fact]
    public void Reading_far_back_lets_go_of_the_newest_and_gets_them_again()
    {
        window.Begin(Enumerable.Range(951, 50).Select(seq => Message(seq)), rev: 1000, newestSeq: 1000);
        for (var first = 901; first >= 751; first -= 50)
            window.Prepend(Enumerable.Range(first, 50).Select(seq => Message(seq)));
        Assert.Equal((751, 900), (Seqs.First(), Seqs.Last()));
        Assert.True(window.HasNewer);
    }

    [Fact]
    public void An_answer_shows_what_its_message_became()
    {
        var quote = new QuoteView(1, 1, "Ana", PreviewKind.Text, "antes");
        window.Begin([Message(1), Message(2) with { Quote = quote }], rev: 2, newestSeq: 2);
        window.Add(Message(1, rev: 3, "") with { DeletedAt = DateTime.UnixEpoch });
        Assert.Equal((PreviewKind.Deleted, ""), (window.Messages[1].Quote!.Kind, window.Messages[1].Quote!.Preview));
    }

    private IEnumerable<long> Seqs => window.Messages.Select(message => message.Seq);

    private static MessageView Message(long seq, long? rev = null, string body = "hola") =>
        new(1, seq, rev ?? seq, Guid.NewGuid(), 1, "Ana", MessageKind.Text, body, DateTime.UnixEpoch);
}
