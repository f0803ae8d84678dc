using System.Text.RegularExpressions;
using Legwork.Platform.Shell;

namespace Legwork.Shell.Tests.Lint;

/// <summary>
/// Reads a folder of sources and names every breach of the rule that words live in texts: a key that is nowhere defined, a text whose
/// languages disagree on their placeholders, Tibetan that holds no Tibetan letter, and a word written straight into a page.
/// </summary>
public static partial class TextsLint
{
    public static IReadOnlyList<string> Breaches(string folder)
    {
        var texts = new List<Text>();
        var breaches = new List<string>();
        foreach (var file in Files(folder, "*.yaml").Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "Texts"))
        {
            try
            {
                using var reader = new StreamReader(file);
                texts.AddRange(Texts.Read(reader, Path.GetRelativePath(folder, file)));
            }
            catch (FormatException broken)
            {
                breaches.Add(broken.Message);
            }
        }

        breaches.AddRange(texts.SelectMany(Wrong));
        breaches.AddRange(texts.GroupBy(t => t.Key).Where(g => g.Count() > 1).Select(g => $"{g.Key} is defined {g.Count()} times"));
        var keys = texts.Select(t => t.Key).ToHashSet();
        foreach (var file in Files(folder, "*.cs").Concat(Files(folder, "*.razor")))
        {
            var name = Path.GetRelativePath(folder, file);
            var source = File.ReadAllText(file);
            breaches.AddRange(Uses(source).Where(k => !Defined(k, keys)).Select(k => $"{name}: no text {k}"));
            if (file.EndsWith(".razor", StringComparison.Ordinal))
                breaches.AddRange(RazorWords.In(source).Select(w => $"{name}({w.Line}): “{w.Word}” is not a text"));
        }
        return breaches;
    }

    private static IEnumerable<string> Wrong(Text text)
    {
        var wanted = Places(text.Chinese);
        if (!Places(text.Tibetan).SetEquals(wanted) || !Places(text.English).SetEquals(wanted))
            yield return $"{text.Key}: the languages have different placeholders";
        if (Ideographs().IsMatch(text.Chinese) && !TibetanLetters().IsMatch(text.Tibetan))
            yield return $"{text.Key}: the Tibetan holds no Tibetan letter";
        if (Ideographs().IsMatch(text.Tibetan) && !text.Tibetan.Contains("数跑"))
            yield return $"{text.Key}: the Tibetan holds Chinese";
    }

    private static HashSet<string> Places(string text) => [.. Placeholders().Matches(text).Select(m => m.Value)];

    private static IEnumerable<string> Uses(string source) => KeyUses().Matches(LineComments().Replace(source, "")).Select(m => m.Groups[1].Value);

    // A key put together at run time, T[$"finding.{kind}"] or T["finding." + kind], must have at least one text under its fixed part.
    private static bool Defined(string key, HashSet<string> keys)
    {
        var start = key.Split('{')[0];
        return start.Length < key.Length || start.EndsWith('.') ? keys.Any(k => k.StartsWith(start, StringComparison.Ordinal)) : keys.Contains(key);
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "node_modules" or "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("""(?:\b[tT](?:exts)?\[\s*\$?|new NavItem\(\s*)"([^"]+)["]""")]
    private static partial Regex KeyUses();

    [GeneratedRegex(@"(?<!:)//[^\n]*")]
    private static partial Regex LineComments();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();

    [GeneratedRegex(@"\p{IsTibetan}")]
    private static partial Regex TibetanLetters();
}
