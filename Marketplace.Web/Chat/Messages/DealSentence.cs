using System.Globalization;
using System.Resources;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>What became of a deal, in a sentence of the reader's language: the same in the room, in lists and in notices.</summary>
public static class DealSentence
{
    // Notices are said where there is no localizer of the chat.
    private static readonly ResourceManager Texts = new(typeof(ChatTexts));

    /// <param name="name">Of the one who acted.</param>
    public static string Of(DealStep step, string name, bool isMine)
    {
        var key =
            step.Kind is DealStepKind.Said ? (step.IsDone is true ? "Said.Done" : "Said.NotDone") : $"{step.Kind}";
        var sentence = Texts.GetString(
            isMine && step.By is not null ? $"Step.{key}.Mine" : $"Step.{key}",
            CultureInfo.CurrentUICulture
        );
        return string.Format(
            CultureInfo.CurrentCulture,
            sentence ?? key,
            name,
            step.Price is { } price ? Money.Show(price, Money.Currency) : ""
        );
    }
}
