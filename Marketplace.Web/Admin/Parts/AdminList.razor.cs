using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Marketplace.Web.Admin.Parts;

public sealed partial class AdminList<TRow>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, string?> before = [];
    private readonly HashSet<TRow> chosen = [];
    private MudDataGrid<TRow>? grid;
    private Portion<TRow>? portion;
    private (string? Q, string? After, string Query)? shown;
    private (bool OnCard, TRow? Row)? choosing;
    private ElementReference title;
    private string typed = "";
    private bool gone;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The placeholder of the search field; null means no search.</summary>
    [Parameter]
    public string? SearchHint { get; set; }

    [Parameter]
    public RenderFragment? Intro { get; set; }

    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = default!;

    [Parameter, EditorRequired]
    public RenderFragment<TRow> Card { get; set; } = default!;

    [Parameter]
    public RenderFragment<TRow>? Menu { get; set; }

    /// <summary>The acts on several rows of the page that is shown; null if there are none.</summary>
    [Parameter]
    public RenderFragment<IReadOnlyList<TRow>>? Bulk { get; set; }

    [Parameter, EditorRequired]
    public Func<TRow, string> Naming { get; set; } = default!;

    [Parameter, EditorRequired]
    public Func<TRow, PageCursor> CursorOf { get; set; } = default!;

    [Parameter, EditorRequired]
    public Func<ListPlace, Task<Portion<TRow>>> Read { get; set; } = default!;

    [Parameter]
    public EventCallback<TRow> OnOpen { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery]
    public string? Order { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private IReadOnlyList<TRow> Chosen => [.. portion?.Rows.Where(chosen.Contains) ?? []];

    private bool IsEmpty => portion is { Rows.Count: 0 };

    private Dictionary<string, object?> Labelled => new() { ["aria-label"] = Title };

    public void Dispose() => gone = true;

    /// <summary>Closes the row menu before its action opens a dialog.</summary>
    public void CloseMenu()
    {
        choosing = null;
        StateHasChanged();
    }

    public Task ReloadAsync() => grid?.ReloadServerData() ?? Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        var query = new Uri(Navigation.Uri).Query;
        if (shown == (Q, After, query))
            return;
        var turned = shown is { } last && last.After != After && last.Q == Q;
        // Do not overwrite newer typing with an older address.
        if (shown?.Q != Q && Q != typed.Trim())
            typed = Q ?? "";
        shown = (Q, After, query);
        if (grid is null)
            return;
        await ReloadAsync();
        if (turned)
            await title.FocusAsync();
    }

    private async Task<GridData<TRow>> LoadAsync(GridState<TRow> state, CancellationToken cancelled)
    {
        portion = await Read(new(Q, After, Order == ListPlace.Oldest));
        choosing = null;
        chosen.Clear();
        if (portion is { HasMore: true, Rows: [.., var last] })
            before[$"{CursorOf(last)}"] = After;
        StateHasChanged();
        return new() { Items = portion.Rows, TotalItems = portion.Rows.Count };
    }

    private async Task SearchSoonAsync()
    {
        var text = typed;
        await Task.Delay(Pause, Clock);
        if (gone || text != typed || typed.Trim() == (Q ?? ""))
            return;
        var sought = typed.Trim() is { Length: > 0 } some ? some : null;
        var address = new Dictionary<string, object?> { ["q"] = sought, ["after"] = null };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(address), replace: true);
    }

    private Task OpenAsync(DataGridRowClickEventArgs<TRow> click) => OnOpen.InvokeAsync(click.Item);

    private void Choose(bool open, bool onCard, TRow row) => choosing = open ? (onCard, row) : null;

    private void Choose(TRow row, bool isOn) => _ = isOn ? chosen.Add(row) : chosen.Remove(row);

    private void ChooseAll(bool isOn)
    {
        chosen.Clear();
        if (isOn)
            chosen.UnionWith(portion?.Rows ?? []);
    }

    private string NameOf(TRow row) => T["Menu", Naming(row)];

    private string At(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);
}
