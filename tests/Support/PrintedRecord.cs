using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Legwork.Support;

/// <summary>A record printed as the program writes it, <c>PersonAge { Years = 49, Months = , Days = }</c>, instead of being worded.</summary>
public static partial class PrintedRecord
{
    /// <returns>Every such text, what a form or a label says included.</returns>
    public static IReadOnlyList<string> In(IDocument page) =>
        [.. page.All.Where(element => element.LocalName is not ("script" or "style"))
            .SelectMany(element => element.ChildNodes.OfType<IText>().Select(text => text.Data).Concat(element.Attributes.Select(one => one.Value)))
            .Where(said => Printed().IsMatch(said))];

    [GeneratedRegex(@"\w+ \{ \w+ = ", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Printed();
}
