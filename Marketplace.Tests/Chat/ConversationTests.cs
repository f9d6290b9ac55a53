using FsCheck;
using FsCheck.Fluent;
using Marketplace.Web.Chat;

namespace Marketplace.Tests.Chat;

public sealed class ConversationTests
{
    private readonly Conversation conversation = new();

    [Fact]
    public void A_message_that_was_told_and_loaded_appears_once()
    {
        conversation.Begin([Message(2), Message(1)], rev: 2, newestSeq: 2);
        Assert.Equal(Merged.Known, conversation.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_next_message_goes_to_the_end()
    {
        conversation.Begin([Message(1)], rev: 1, newestSeq: 1);
        Assert.Equal(Merged.Applied, conversation.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_first_message_of_an_empty_room_is_its_first_row()
    {
        conversation.Begin([], rev: 0, newestSeq: 0);
        Assert.Equal(Merged.Applied, conversation.Add(Message(1)));
        Assert.Equal([1], Seqs);
    }

    [Fact]
    public void A_page_that_stays_open_holds_no_more_than_it_loaded()
    {
        conversation.Begin(Enumerable.Range(1, 50).Select(seq => Message(seq)), rev: 50, newestSeq: 50);
        for (var seq = 51; seq <= 80; seq++)
            Assert.Equal(Merged.Applied, conversation.Add(Message(seq)));
        Assert.Equal(Enumerable.Range(31, 50).Select(seq => (long)seq), Seqs);
        Assert.True(conversation.HasOlder());
    }

    [Fact]
    public void Who_reads_old_messages_keeps_them_while_new_ones_come()
    {
        conversation.Begin(Enumerable.Range(51, 50).Select(seq => Message(seq)), rev: 100, newestSeq: 100);
        conversation.Prepend(Enumerable.Range(1, 50).Select(seq => Message(seq)));
        for (var seq = 101; seq <= 150; seq++)
            conversation.Add(Message(seq));
        Assert.Equal(1, Seqs.First());
        conversation.Add(Message(151));
        Assert.Equal(2, Seqs.First());
    }

    [Fact]
    public void A_hole_is_noticed_and_closed_by_catching_up()
    {
        conversation.Begin([Message(1)], rev: 1, newestSeq: 1);
        Assert.Equal(Merged.Gap, conversation.Add(Message(4)));
        conversation.CatchUp([Message(2), Message(3), Message(4)]);
        Assert.Equal([1, 2, 3, 4], Seqs);
        Assert.Equal(4, conversation.Rev);
    }

    [Fact]
    public void New_ones_that_were_changed_meanwhile_stand_in_their_places()
    {
        conversation.Begin([Message(1)], rev: 1, newestSeq: 1);
        // 2 was posted and corrected after 3 and 4 had come.
        conversation.CatchUp([Message(3), Message(4), Message(2, rev: 5, "corregido")]);
        Assert.Equal([1, 2, 3, 4], Seqs);
        Assert.False(conversation.HasNewer);
        Assert.Equal(Merged.Applied, conversation.Add(Message(5, rev: 6)));
    }

    [Fact]
    public void Whatever_is_missed_the_window_ends_as_the_room_is() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Gen.Choose(0, 9).Two().Select(pair => (Deed: pair.Item1, Luck: pair.Item2)).ArrayOf(80).ToArbitrary(),
                deeds => EndsAsTheRoom(deeds)
            )
        );

    // A room of its own: half of what happens posts, the other half changes one that is there; three in ten are not told.
    private static bool EndsAsTheRoom((int Deed, int Luck)[] deeds)
    {
        var (room, rev, window) = (new List<MessageView>(), 0L, new Conversation());
        window.Begin([], rev: 0, newestSeq: 0);
        foreach (var (deed, luck) in deeds)
        {
            var place = deed < 5 || room.Count == 0 ? room.Count : (deed * 7 + luck) % room.Count;
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

    private static bool Shows(Conversation window, List<MessageView> room) =>
        !window.HasNewer
        && window.Messages.Select(m => (m.Seq, m.Rev)).SequenceEqual(room.TakeLast(50).Select(m => (m.Seq, m.Rev)));

    [Fact]
    public void A_newer_version_replaces_and_an_older_one_does_not()
    {
        conversation.Begin([Message(1), Message(2)], rev: 2, newestSeq: 2);
        Assert.Equal(Merged.Applied, conversation.Add(Message(1, rev: 3, "corregido")));
        Assert.Equal(Merged.Known, conversation.Add(Message(1, rev: 1, "antes")));
        Assert.Equal("corregido", conversation.Messages[0].Body);
    }

    [Fact]
    public void Older_messages_come_before_and_only_where_they_touch()
    {
        conversation.Begin([Message(5), Message(6)], rev: 6, newestSeq: 6);
        conversation.Prepend([Message(1), Message(3), Message(4)]);
        Assert.Equal([3, 4, 5, 6], Seqs);
        Assert.True(conversation.HasOlder());
    }

    [Fact]
    public void A_change_before_the_window_is_noted_but_shows_nothing()
    {
        conversation.Begin([Message(5)], rev: 5, newestSeq: 5);
        Assert.Equal(Merged.Known, conversation.Add(Message(2, rev: 6)));
        Assert.Equal([5], Seqs);
        Assert.Equal(6, conversation.Rev);
    }

    [Fact]
    public void A_window_in_the_middle_counts_what_comes_after_it_and_grows_to_the_end()
    {
        conversation.Begin(Enumerable.Range(11, 50).Select(seq => Message(seq)), rev: 200, newestSeq: 200);
        Assert.True(conversation.HasNewer);
        Assert.Equal(Merged.Known, conversation.Add(Message(201)));
        Assert.Equal((60, 201), (conversation.LastSeq, conversation.NewestSeq));
        conversation.Append(Enumerable.Range(61, 50).Select(seq => Message(seq)));
        conversation.Append(Enumerable.Range(111, 50).Select(seq => Message(seq)));
        conversation.Append(Enumerable.Range(161, 41).Select(seq => Message(seq)));
        Assert.False(conversation.HasNewer);
        Assert.Equal(Conversation.Widest, conversation.Messages.Count);
        Assert.Equal(Merged.Applied, conversation.Add(Message(202)));
    }

    [Fact]
    public void Reading_far_back_lets_go_of_the_newest_and_gets_them_again()
    {
        conversation.Begin(Enumerable.Range(951, 50).Select(seq => Message(seq)), rev: 1000, newestSeq: 1000);
        for (var first = 901; first >= 751; first -= 50)
            conversation.Prepend(Enumerable.Range(first, 50).Select(seq => Message(seq)));
        Assert.Equal((751, 900), (Seqs.First(), Seqs.Last()));
        Assert.True(conversation.HasNewer);
    }

    [Fact]
    public void An_answer_shows_what_its_message_became()
    {
        var quote = new QuoteView(1, 1, "Ana", PreviewKind.Text, "antes");
        conversation.Begin([Message(1), Message(2) with { Quote = quote }], rev: 2, newestSeq: 2);
        conversation.Add(Message(1, rev: 3, "") with { DeletedAt = DateTime.UnixEpoch });
        Assert.Equal(
            (PreviewKind.Deleted, ""),
            (conversation.Messages[1].Quote!.Kind, conversation.Messages[1].Quote!.Preview)
        );
    }

    private IEnumerable<long> Seqs => conversation.Messages.Select(message => message.Seq);

    private static MessageView Message(long seq, long? rev = null, string body = "hola") =>
        new(1, seq, rev ?? seq, Guid.NewGuid(), 1, "Ana", MessageKind.Text, body, DateTime.UnixEpoch);
}
