using Legwork.Yaml;

namespace Legwork.Cases.Rules;

/// <summary>One text in the three languages of the district; {words} stand for what is filled in.</summary>
internal sealed record Wording(string Zh, string Bo, string En, bool BoReview)
{
    public static Wording Of(YamlNode entry) => new(entry.Text("zh"), entry.Text("bo"), entry.Text("en"), entry.Flag("bo_review"));

    /// <param name="language">A language tag; anything but Tibetan and English is answered in Chinese.</param>
    public string In(string language) => language.StartsWith("bo", StringComparison.OrdinalIgnoreCase) ? Bo
        : language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    /// <summary>What comes before the first {word}, for lists that fill nothing in.</summary>
    public string Short(string language) => In(language).Split('{')[0].TrimEnd(' ', ':', '：', ',', '，', ';', '；');

    /// <summary>The text with its {words} filled; a word nobody knows stays visible as …</summary>
    public string In(string language, Func<string, string?> word)
    {
        var text = In(language);
        var filled = new System.Text.StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at).Append(word(text[(open + 1)..close]) ?? "…");
            at = close + 1;
        }
        return filled.ToString();
    }
}
