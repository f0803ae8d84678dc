using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Legwork.Insight.Pages;

/// <summary>
/// A part of a board is the same for everyone who may see its place: it is drawn once a language for as long as the board stays the same.
/// A map of a thousand grids costs more than everything around it.
/// </summary>
internal sealed class BoardParts(IServiceProvider services, ILoggerFactory logs, T t)
{
    /// <param name="page">Of what is drawn page by page.</param>
    public Task<string> Of(Type part, BoardView board, object model, int page = 1) =>
        board.Drawn.GetOrAdd((part, page, t.Language.Tag), _ => new Lazy<Task<string>>(() => Draw(part, model))).Value;

    private async Task<string> Draw(Type part, object model)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var given = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ModelPage.Model)] = model });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(part, given)).ToHtmlString());
    }
}
