using System.Globalization;
using System.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.Shell;

/// <summary>
/// The texts in the language of this request: <c>T["people.search.title"]</c>, <c>T["people.found", count]</c>.
/// Numbers, dates and times among the arguments are written as the language writes them. The result is plain text; pages encode it.
/// </summary>
public sealed class T(Texts texts, Language language)
{
    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public Language Language => language;

    /// <exception cref="KeyNotFoundException">No such text, outside production.</exception>
    public string this[string key, params object?[] args] => Fill(Pattern(key, args), args);

    /// <summary>True when the key is a text.</summary>
    public bool Has(string key) => texts.Has(key);

    /// <summary>
    /// What an office wrote in Chinese as the reader calls it: a province, a list's title, a field's name; anything else stays as written.
    /// </summary>
    public string Called(string written) => texts.Find(Texts.CalledPrefix + written)?.In(language) ?? written;

    /// <summary>Who acted, as histories keep it: of a stand-in both names, in the reader's words.</summary>
    public string Who(string name) => Actor.NamesIn(name) is (var deputy, { } absent) ? this["stand_in.name", deputy, absent] : name;

    /// <summary>Every text under a prefix, with its placeholders, for a script that speaks to people.</summary>
    public IReadOnlyDictionary<string, string> Under(string prefix) => texts.All
        .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(t => t.Key, t => t.In(language), StringComparer.Ordinal);

    /// <summary>A refusal in the reader's language: the text <c>refusal.{code}</c>, else the refusal's own sentence.</summary>
    public string this[Refusal refusal] =>
        Has("refusal." + refusal.Code) ? this["refusal." + refusal.Code] : refusal.Message;

    /// <summary>A purpose in the reader's language.</summary>
    public string this[Purpose purpose] =>
        language == Language.Tibetan ? purpose.Bo : language == Language.English ? purpose.En : purpose.Zh;

    /// <summary>2026年10月31日, 2026ལོའི་ཟླ་10ཚེས་31 (digits as in Chinese, as offices write them),
    /// 31 October 2026.</summary>
    public string Date(DateOnly date) =>
        language == Language.English ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} {EnglishMonths[date.Month - 1]} {date.Year}")
        : language == Language.Tibetan
            ? string.Create(CultureInfo.InvariantCulture, $"{date.Year}ལོའི་ཟླ་{date.Month}ཚེས་{date.Day}")
        : string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    /// <summary>A date known only to the year or month is written no more exactly than it is known; empty when unknown.</summary>
    public string Date(VagueDate date)
    {
        if (!date.IsKnown) return "";
        if (date.IsExact) return Date(date.Earliest);
        if (language == Language.English)
            return date.Month == 0 ? date.ToString() : string.Create(CultureInfo.InvariantCulture, $"{EnglishMonths[date.Month - 1]} {date.Year}");
        if (language == Language.Tibetan)
            return date.Month == 0 ? $"{date.Year}ལོ" : $"{date.Year}ལོའི་ཟླ་{date.Month}";
        return date.Month == 0 ? $"{date.Year}年" : $"{date.Year}年{date.Month}月";
    }

    /// <summary>Date and clock time of the district, to the minute.</summary>
    public string Time(DateTimeOffset moment)
    {
        var local = Calendar.Local(moment);
        return string.Create(CultureInfo.InvariantCulture, $"{Date(DateOnly.FromDateTime(local.DateTime))} {local:HH:mm}");
    }

    /// <summary>1,221 in every language: the offices' own tables group by thousands.</summary>
    public string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share between 0 and 1 as a percentage with at most one decimal.</summary>
    public string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private string Pattern(string key, object?[] args)
    {
        var text = texts.Find(key);
        if (text is null) return texts.MissingThrows ? throw new KeyNotFoundException($"No text {key}.") : key;
        return language == Language.English && text.EnglishOne is { } one && args is [1 or 1L, ..] ? one : text.In(language);
    }

    private string Fill(string pattern, object?[] args)
    {
        if (args.Length == 0 || !pattern.Contains('{')) return pattern;
        var filled = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '{' && i + 2 < pattern.Length && pattern[i + 2] == '}'
                && char.IsAsciiDigit(pattern[i + 1]) && pattern[i + 1] - '0' < args.Length)
            {
                filled.Append(Written(args[pattern[i + 1] - '0']));
                i += 2;
            }
            else
            {
                filled.Append(pattern[i]);
            }
        }
        return filled.ToString();
    }

    private string Written(object? value) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => Date(date),
        VagueDate date => Date(date),
        DateTimeOffset moment => Time(moment),
        int or long or short or byte => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
