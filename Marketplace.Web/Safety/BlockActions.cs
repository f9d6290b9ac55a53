using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Safety;

/// <summary>Blocks and unblocks on live pages: asks before, and offers to undo.</summary>
public sealed class BlockActions(
    BlockService blocks,
    IDialogService dialogs,
    ISnackbar snackbar,
    IStringLocalizer<SafetyTexts> texts
)
{
    public async Task AskAsync(long personId, string name)
    {
        var isSure = await dialogs.AskAsync(
            texts["Block.Question", name],
            texts["Block.Explain", name],
            texts["Block.Yes"],
            dangerous: true,
            Avatar.Of(name, "large")
        );
        if (isSure)
            await SetAsync(personId, name, isBlocked: true);
    }

    public Task UnblockAsync(long personId, string name) => SetAsync(personId, name, isBlocked: false);

    private async Task SetAsync(long personId, string name, bool isBlocked)
    {
        var refusal = isBlocked ? await blocks.BlockAsync(personId) : await blocks.UnblockAsync(personId);
        if (refusal is not null)
            snackbar.Refuse(refusal.Text);
        else
            snackbar.Say(
                texts[isBlocked ? "Block.Done" : "Block.Undone", name],
                texts["Undo"],
                () => SetAsync(personId, name, !isBlocked)
            );
    }
}
