using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Legwork.Platform.Shell;

/// <summary>
/// A component that draws one model. Razor makes every component public and a public member cannot name a module's internal type, so
/// the model comes as an object and the page reads it by its type.
/// </summary>
public abstract class ModelPage : ComponentBase
{
    [Parameter, EditorRequired] public object Model { get; set; } = null!;

    /// <summary>The answer that draws a page with its model.</summary>
    public static RazorComponentResult<TPage> Drawn<TPage>(object model, int status = 200) where TPage : ModelPage =>
        new(new Dictionary<string, object?> { [nameof(Model)] = model }) { StatusCode = status };
}
