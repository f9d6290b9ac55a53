using Marketplace.Web.Chat;

namespace Marketplace.Tests.Chat;

public sealed class ConversationTests
{
    private readonly Conversation conversation = new();

    [Fact]
    public void A_message_that_was_told_and_loaded_appears_once()
    {
        conversation.Begin([Message(2), Message(1)], rev: 2);
        Assert.Equal(Merged.Known, conversation.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_next_message_goes_to_the_end()
    {
        conversation.Begin([Message(1)], rev: 1);
        Assert.Equal(Merged.Applied, conversation.Add(Message(2)));
        Assert.Equal([1, 2], Seqs);
    }

    [Fact]
    public void The_first_message_of_an_empty_room_is_its_first_row()
    {
        conversation.Begin([], rev: 0);
        Assert.Equal(Merged.Applied, conversation.Add(Message(1)));
        Assert.Equal([1], Seqs);
    }

    [Fact]
    public void A_page_that_stays_open_holds_no_more_than_it_loaded()
    {
        conversation.Begin(Enumerable.Range(1, 50).Select(seq => Message(seq)), rev: 50);
        for (var seq = 51; seq <= 80; seq++)
            Assert.Equal(Merged.Applied, conversation.Add(Message(seq)));
        Assert.Equal(Enumerable.Range(31, 50).Select(seq => (long)seq), Seqs);
        Assert.True(conversation.HasOlder());
    }

    [Fact]
    public void Who_reads_old_messages_keeps_them_while_new_ones_come()
    {
        conversation.Begin(Enumerable.Range(51, 50).Select(seq => Message(seq)), rev: 100);
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
        conversation.Begin([Message(1)], rev: 1);
        Assert.Equal(Merged.Gap, conversation.Add(Message(4)));
        conversation.CatchUp([Message(2), Message(3), Message(4)]);
        Assert.Equal([1, 2, 3, 4], Seqs);
        Assert.Equal(4, conversation.Rev);
    }

    [Fact]
    public void A_newer_version_replaces_and_an_older_one_does_not()
    {
        conversation.Begin([Message(1), Message(2)], rev: 2);
        Assert.Equal(Merged.Applied, conversation.Add(Message(1, rev: 3, "corregido")));
        Assert.Equal(Merged.Known, conversation.Add(Message(1, rev: 1, "antes")));
        Assert.Equal("corregido", conversation.Messages[0].Body);
    }

    [Fact]
    public void Older_messages_come_before_and_only_where_they_touch()
    {
        conversation.Begin([Message(5), Message(6)], rev: 6);
        conversation.Prepend([Message(1), Message(3), Message(4)]);
        Assert.Equal([3, 4, 5, 6], Seqs);
        Assert.True(conversation.HasOlder());
    }

    [Fact]
    public void A_change_before_the_window_is_noted_but_shows_nothing()
    {
        conversation.Begin([Message(5)], rev: 5);
        Assert.Equal(Merged.Known, conversation.Add(Message(2, rev: 6)));
        Assert.Equal([5], Seqs);
        Assert.Equal(6, conversation.Rev);
    }

    private IEnumerable<long> Seqs => conversation.Messages.Select(message => message.Seq);

    private static MessageView Message(long seq, long? rev = null, string body = "hola") =>
        new(1, seq, rev ?? seq, Guid.NewGuid(), 1, "Ana", MessageKind.Text, body, DateTime.UnixEpoch);
}
