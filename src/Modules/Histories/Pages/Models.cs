using Legwork.Kernel;
using Legwork.Platform.Shell;
using Legwork.Registers;

namespace Legwork.Histories.Pages;

/// <param name="Wrong">Why a file that was sent is not read.</param>
/// <param name="Broken">Why the layouts cannot be read.</param>
internal sealed record ListModel(IReadOnlyList<TakeLine> Lines, IReadOnlyList<Layout> Layouts, string Chosen, Refusal? Wrong, Refusal? Broken)
{
    public FormErrors? Errors(T t) => Wrong is null ? null
        : FormErrors.Of(t, Wrong.Code is "histories.layout" or "histories.name" ? "layout" : "file", Wrong);
}

internal sealed record AskModel(TakeRow Take, string Act, long Rows);
