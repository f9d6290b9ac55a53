using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat;

public sealed class MessageService(
    CurrentUser currentUser,
    MessageJournal journal,
    ChatLimits limits,
    IStringLocalizer<ChatTexts> texts
)
{
    /// <summary>Edits the person's own message; the previous text is kept for administrators.</summary>
    public async Task<Outcome<MessageView>> EditAsync(long roomId, long seq, string? text)
    {
        var (body, problem) = MessageRules.Check(text);
        return problem is not null
            ? Refuse(RefusalKind.Invalid, problem, Message.MaxBodyLength, body.Length)
            : await ChangeAsync(me => new Edit(roomId, me, seq, body));
    }

    /// <summary>Deletes the person's own message for both members; a tombstone stays.</summary>
    public Task<Outcome<MessageView>> DeleteAsync(long roomId, long seq) =>
        ChangeAsync(me => new Deletion(roomId, me, seq));

    /// <summary>Sets the person's reaction to a message, replacing the previous one; null removes it.</summary>
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
        // Changes that the journal could not store do not count against the limit.
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
            return Refuse(RefusalKind.Busy, "Message.NotStored");
        }
    }

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
