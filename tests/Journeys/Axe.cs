using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>axe-core over a page as it stands in the browser: WCAG 2 A and AA, and that headings descend step by step.</summary>
internal static class Axe
{
    // A page that reads the same for another role was asked already; what is around it, once for each role.
    private const string Ask = """
        async (known) => {
          const main = document.querySelector('main')?.innerHTML.replace(/ name="csrf" value="[^"]*"/g, '') ?? '';
          let mark = main.length;
          for (let i = 0; i < main.length; i++) mark = (Math.imul(mark, 31) + main.charCodeAt(i)) | 0;
          if (known.includes(String(mark))) return [String(mark)];
          // Names on a map stand in a rim of the paper's colour, which axe does not count.
          const found = await axe.run({ exclude: [['.grid-map text']] }, {
            resultTypes: ['violations'],
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
            rules: { 'heading-order': { enabled: true }, 'page-has-heading-one': { enabled: true }, 'empty-heading': { enabled: true } },
          });
          return [String(mark), ...found.violations.flatMap(one => one.nodes.map(node =>
            `${one.id}: ${node.target.join(' ')} · ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`))];
        }
        """;

    private static readonly Lazy<string> Script =
        new(() => File.ReadAllText(Repository.In("src", "Platform", "web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Every page that the context opens from here on carries axe beside it, where the content policy does not reach.</summary>
    public static Task Bring(IBrowserContext context) => context.AddInitScriptAsync(Script.Value);

    /// <param name="known">What was asked already, by marks of their text; the page's own is added.</param>
    /// <returns>A line each: the rule, the element, what would mend it.</returns>
    public static async Task<IReadOnlyList<string>> Violations(IPage page, ISet<string>? known = null)
    {
        var told = await page.EvaluateAsync<string[]>(Ask, known ?? new HashSet<string>());
        known?.Add(told[0]);
        return told[1..];
    }
}
