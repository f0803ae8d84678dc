using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Legwork.Insight.Pages;

/// <summary>
/// A part of a board is the same for everyone who may see its place: it is drawn once a count and a language, however many look.
/// A map of a thousand grids costs more than everything around it.
/// </summary>
internal sealed class BoardParts(IServiceProvider services, ILoggerFactory logs, T t)
{
    public Task<string> Of(Type part, BoardView view) =>
        view.Drawn.GetOrAdd((part, t.Language.Tag), _ => new Lazy<Task<string>>(() => Draw(part, view))).Value;

    private async Task<string> Draw(Type part, BoardView view)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var model = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ModelPage.Model)] = view });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(part, model)).ToHtmlString());
    }
}
