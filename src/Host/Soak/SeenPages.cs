using System.Net;
using System.Text.RegularExpressions;

namespace Legwork.Host.Soak;

/// <summary>A form of a page, as a browser would send it untouched.</summary>
/// <param name="Action">Path, and query if any.</param>
internal sealed record SeenForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields);

/// <summary>
/// The forms and links of the pages that were answered: so that odd requests are also made of right ones with one thing wrong, and
/// reach what lies behind the first check.
/// </summary>
internal sealed partial class SeenPages
{
    private const int Most = 2000;
    private static readonly string[] Ending = ["/sign-out", "/sign-ins"];
    private readonly Dictionary<string, SeenForm> forms = [];
    private readonly HashSet<string> links = [];
    private readonly List<string> order = [];
    private readonly List<string> linkOrder = [];

    public SeenForm? Form(Random random) => order.Count == 0 ? null : forms[order[random.Next(order.Count)]];

    public string? Link(Random random) => linkOrder.Count == 0 ? null : linkOrder[random.Next(linkOrder.Count)];

    public int Forms => forms.Count;

    public void Learn(string html)
    {
        foreach (Match form in FormTag().Matches(html))
        {
            var head = form.Groups[1].Value;
            if (Attribute(head, "action") is not { Length: > 0 } action || !head.Contains("post", StringComparison.OrdinalIgnoreCase)) continue;
            // Who ends sign-ins or changes the password would ask everything afterwards as nobody.
            if (Ending.Any(end => action.StartsWith(end, StringComparison.Ordinal)) || action.Contains("password", StringComparison.Ordinal))
                continue;
            if (forms.Count < Most && forms.TryAdd(action, new SeenForm(action, Fields(form.Groups[2].Value)))) order.Add(action);
        }
        foreach (Match link in LinkTag().Matches(html))
        {
            var path = WebUtility.HtmlDecode(link.Groups[1].Value);
            if (!path.StartsWith("/assets", StringComparison.Ordinal) && links.Count < Most && links.Add(path)) linkOrder.Add(path);
        }
    }

    private static List<KeyValuePair<string, string>> Fields(string body)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match field in FieldTag().Matches(body))
        {
            var tag = field.Value;
            if (Attribute(tag, "name") is not { Length: > 0 } name || name == "csrf") continue;
            fields.Add(KeyValuePair.Create(name, Attribute(tag, "value") ?? ""));
        }
        foreach (Match select in SelectTag().Matches(body))
        {
            if (Attribute(select.Groups[1].Value, "name") is not { Length: > 0 } name) continue;
            var options = OptionTag().Matches(select.Groups[2].Value);
            fields.Add(KeyValuePair.Create(name, options.Count == 0 ? "" : Attribute(options[^1].Value, "value") ?? ""));
        }
        return fields;
    }

    private static string? Attribute(string tag, string name)
    {
        var found = Regex.Match(tag, $"""\b{name}="([^"]*)" """.TrimEnd(), RegexOptions.CultureInvariant);
        return found.Success ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;
    }

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("<(?:input|textarea|button)[^>]*>")]
    private static partial Regex FieldTag();

    [GeneratedRegex("<select([^>]*)>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex SelectTag();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex OptionTag();

    [GeneratedRegex("""href="(/[^"#]*)["#]""")]
    private static partial Regex LinkTag();
}
