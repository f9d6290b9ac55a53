using Marketplace.Web.Admin.Bulk;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Admin.Bulk;

/// <summary>One act after another, and how it ends.</summary>
public sealed class BulkRunTests
{
    private readonly List<string> did = [];

    private BulkItem Item(string name, string? refused = null, bool canUndo = true) =>
        new(name, () => DoAsync(name, refused), canUndo ? () => DoAsync($"{name} back", null) : null);

    private Task<Refusal?> DoAsync(string what, string? refused)
    {
        did.Add(what);
        return Task.FromResult(refused is null ? null : new Refusal(RefusalKind.Conflict, refused));
    }

    [Fact]
    public async Task What_is_refused_is_skipped_with_its_sentence_and_the_rest_goes_on()
    {
        var run = new BulkRun([Item("Ana"), Item("Carla", "No puedes."), Item("Olga")]);
        var tried = new List<int>();
        await run.GoAsync(() => tried.Add(run.Tried));
        Assert.Equal([1, 2, 3], tried);
        Assert.Equal(["Ana", "Olga"], run.Done.Select(item => item.Name));
        Assert.Equal(new BulkSkip("Carla", "No puedes."), Assert.Single(run.Skipped));
    }

    [Fact]
    public async Task It_stops_after_the_one_in_hand_and_only_what_was_done_is_taken_back()
    {
        var run = new BulkRun([Item("Ana"), Item("Bruno", "Ya estaba."), Item("Olga"), Item("Dora")]);
        await run.GoAsync(() =>
        {
            if (run.Tried == 3)
                run.Stop();
        });
        Assert.Equal((3, 4), (run.Tried, run.Count));
        did.Clear();
        var undo = run.Undo()!;
        await undo.GoAsync(() => { });
        Assert.Equal(["Ana back", "Olga back"], did);
        Assert.Equal((2, 2), (undo.Done.Count, undo.Count));
    }

    [Fact]
    public async Task What_was_not_done_or_has_no_way_back_leaves_nothing_to_take_back()
    {
        var run = new BulkRun([Item("Ana", canUndo: false), Item("Bruno", "Ya estaba.")]);
        await run.GoAsync(() => { });
        Assert.Null(run.Undo());
    }
}
