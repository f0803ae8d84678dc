using System.Text;
using System.Text.RegularExpressions;
using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>
/// A file name with its period in braces, compiled. <c>{yyyy}</c>, <c>{MM}</c> and <c>{dd}</c> may stand together (<c>{yyyyMM}</c>)
/// and then also match <c>2026-10</c> and <c>2026年10月</c>; <c>{term}</c> is 春 (March) or 秋 (September). Behind the pattern a
/// remark may follow, as offices add them: <c>户籍人口_202610_修改.csv</c>, <c>户籍人口_202610(1).csv</c>.
/// </summary>
internal sealed class FilePattern
{
    private readonly Regex regex;

    private FilePattern(Regex regex, int literalChars) => (this.regex, LiteralChars) = (regex, literalChars);

    /// <summary>Of two patterns that match, the one with more of its own text is meant.</summary>
    public int LiteralChars { get; }

    /// <summary>Null when a brace holds something else than a period.</summary>
    public static FilePattern? Compile(string pattern)
    {
        var regex = new StringBuilder("^");
        var literal = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '{')
            {
                regex.Append(pattern[i] is '_' or '-' or ' ' ? "[ _＿-]?" : Regex.Escape(pattern[i].ToString()));
                literal++;
                continue;
            }
            var close = pattern.IndexOf('}', i);
            var part = close < 0 ? null : Period(pattern[(i + 1)..close]);
            if (part is null) return null;
            regex.Append(part);
            i = close;
        }
        // A dash or point before a digit would be more of the period, not a remark: 2026-10 is not 2026 with the remark 10.
        regex.Append(@"(?:[ _＿(（\[【].*|[-.][^0-9].*)?$");
        var options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking;
        return new FilePattern(new Regex(regex.ToString(), options), literal);
    }

    /// <summary>The period is unknown (<see cref="VagueDate.IsKnown"/> false) when the pattern has none.</summary>
    public bool TryMatch(string name, out VagueDate period)
    {
        period = default;
        var match = regex.Match(name);
        if (!match.Success) return false;
        if (!match.Groups["y"].Success) return true;
        var month = match.Groups["t"].Value switch
        {
            "春" => "03",
            "秋" => "09",
            _ => match.Groups["m"].Value.PadLeft(2, '0'),
        };
        var day = match.Groups["d"].Value.PadLeft(2, '0');
        var iso = match.Groups["y"].Value + (month == "00" ? "" : "-" + month) + (day == "00" ? "" : "-" + day);
        return VagueDate.TryParse(iso, out period);
    }

    private static string? Period(string inside) => inside switch
    {
        "yyyy" => "(?<y>[12][0-9]{3})年?",
        "yyyyMM" => "(?<y>[12][0-9]{3})[年.-]?(?<m>[0-9]{2}|[1-9])月?",
        "yyyyMMdd" => "(?<y>[12][0-9]{3})[年.-]?(?<m>[0-9]{2}|[1-9])[月.-]?(?<d>[0-9]{2}|[1-9])日?",
        "term" => "(?<t>[春秋])季?(?:学期)?",
        _ => null,
    };
}
