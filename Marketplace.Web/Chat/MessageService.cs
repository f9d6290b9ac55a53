using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat;

/// <summary>Changes messages that are there, for the person whose circuit, request or hub call this is.</summary>
public sealed class MessageService(
    CurrentUser currentUser,
    MessageJournal journal,
    MessageLimits limits,
    IStringLocalizer<ChatTexts> texts
)
{
    /// <summary>Corrects one's own message; the text before is kept for those who supervise.</summary>
    public async Task<Outcome<MessageView>> EditAsync(long roomId, long seq, string? text)
    {
        var (body, problem) = MessageRules.Check(text);
        return problem is not null
            ? Refuse(RefusalKind.Invalid, problem, Message.MaxBodyLength, body.Length)
            : await ChangeAsync(me => new Edit(roomId, me, seq, body));
    }

    /// <summary>Takes one's own message away from both; a tombstone stays.</summary>
    public Task<Outcome<MessageView>> DeleteAsync(long roomId, long seq) =>
        ChangeAsync(me => new Deletion(roomId, me, seq));

    /// <summary>Puts the person's sign on a message, in place of the one before; null takes it away.</summary>
    /// <param name="sign">One of <see cref="MessageRules.Signs"/>.</param>
    public async Task<Outcome<MessageView>> ReactAsync(long roomId, long seq, string? sign) =>
        sign is not null && !MessageRules.Signs.Contains(sign)
            ? Refuse(RefusalKind.Invalid, "Change.UnknownSign")
            : await ChangeAsync(me => new Reaction(roomId, me, seq, sign));

    private async Task<Outcome<MessageView>> ChangeAsync(Func<long, Change> make)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "Room.NotFound");
        if (limits.Ask(me.Id) is { } wait)
            return new Refusal(RefusalKind.RateLimited, texts["Message.TooFast"], wait);
        var changed = await StoreAsync(make(me.Id));
        // What the journal could not take costs nothing.
        if (changed is { Refusal.Kind: RefusalKind.Busy })
            limits.GiveBack(me.Id);
        return changed;
    }

    private async Task<Outcome<MessageView>> StoreAsync(Change change)
    {
        if (!journal.TryTake(change))
            return Refuse(RefusalKind.Busy, "Message.Busy");
        try
        {
            return await change.Stored switch
            {
                { Message: { } message } => message,
                { Problem: { } problem } => Refuse(
                    RefusalKind.Forbidden,
                    problem,
                    MessageRules.Editing.TotalMinutes,
                    MessageRules.Deleting.TotalHours
                ),
                _ => Refuse(RefusalKind.NotFound, "Change.NotFound"),
            };
        }
        catch (Exception)
        {
            // The journal has logged it.
            return Refuse(RefusalKind.Busy, "Message.NotStored");
        }
    }

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
