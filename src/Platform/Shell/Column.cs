using Microsoft.AspNetCore.Components;

namespace Legwork.Platform.Shell;

/// <summary>A column of a <see cref="DataTable{TRow}"/>: its header, and what a row shows in it.</summary>
public sealed class Column<TRow> : ComponentBase
{
    [CascadingParameter] private DataTable<TRow>? Table { get; set; }

    [Parameter, EditorRequired] public string Header { get; set; } = "";

    /// <summary>Figures stand right and align.</summary>
    [Parameter] public bool Number { get; set; }

    /// <summary>The cell that names its row, for readers of tables by ear.</summary>
    [Parameter] public bool Names { get; set; }

    [Parameter, EditorRequired] public RenderFragment<TRow> ChildContent { get; set; } = _ => _ => { };

    protected override void OnInitialized() => Table?.Add(this);
}
