using System.Text.RegularExpressions;

namespace Legwork.Registers;

internal enum Closing
{
    No,

    /// <summary>It closes the list when no row follows.</summary>
    Perhaps,

    Yes,
}

/// <summary>
/// Tells totals, dates, sources and signatures under a list (or under each of its pages) from its rows. By their shape: a row of few cells that
/// says who nobody is, and in its first cell a count, a label, a date, or words before numbers.
/// </summary>
internal sealed class ClosingRows
{
    /// <summary>共6人, 合计：1,204户, 第3页, 共计6条记录, total 6 rows.</summary>
    private static readonly Regex Count = Shape(@"^\P{Nd}{0,12}\p{Nd}[\p{Nd},，.]*"
        + @"(人|户|条|名|位|行|笔|份|个|页|次|套|间|宗|件|项|口|rows?|records?|people|persons?)\P{Nd}{0,6}([，,；;。].{0,60})?$");

    /// <summary>制表人：, 数据来源:, Source:</summary>
    private static readonly Regex Label = Shape(@"^\s*[\p{L}\s（）()]{1,20}[:：]");

    /// <summary>截至2026年10月31日, 2026-10-31打印, 二〇二六年十月.</summary>
    private static readonly Regex Dated = Shape(@"^\P{Nd}{0,12}(\p{Nd}{4}[年./-]\p{Nd}{1,2}([月./-](\p{Nd}{1,2}日?)?)?|(19|20)\p{Nd}{6})"
        + @"\P{Nd}{0,12}(\p{Nd}{1,2}:\p{Nd}{2}(:\p{Nd}{2})?)?$|^[〇零一二三四五六七八九]{4}年");

    private static readonly Regex Figure = Shape(@"^[\p{Nd},，.%]+[元人户条]?$");
    private static readonly Regex SumWord = Shape("^(本页|本表|以上)?(合计|总计|共计|小计|累计|总数|人数|户数)$");

    private readonly Layout layout;
    private readonly int[][] required;
    private readonly int[] columnOf;
    private readonly int few;

    public ClosingRows(Layout layout, Header header)
    {
        this.layout = layout;
        required = [.. layout.Required.Select(layout.IndexesOf)];
        columnOf = [.. Enumerable.Range(0, header.Cells.Count).Select(cell => Array.IndexOf(header.CellOf, cell))];
        // More cells than this are a row, whatever its first cell says.
        few = Math.Max(2, header.Cells.Count / 3);
    }

    public Closing Judge(IRecords records, string?[] values, bool lacks)
    {
        var (first, filled, labels) = (-1, 0, 0);
        for (var i = 0; i < records.Count; i++)
        {
            if (records.State(i) == CellState.Sound && Unseen.Trim(records[i]).IsEmpty) continue;
            if (first < 0) first = i;
            filled++;
            if (records[i].ContainsAny(':', '：') && Label.IsMatch(records[i])) labels++;
        }
        if (first < 0 || (filled > few && labels < 2)) return Closing.No;
        // 制表人： labels the cell behind it, which may stand where names do.
        var text = Squeezed(records[first]);
        if (!lacks && !(labels > 0 && text is [.., ':' or '：']) && !NamesNobody(values)) return Closing.No;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value && layout.Columns[i].Type is FieldType.Sex or FieldType.Code or FieldType.Phone
                || (values[i]?.Length >= 15 && layout.Columns[i].Type == FieldType.ResidentNumber)) return Closing.No;

        if (IsRemark(text, first) || (SumWord.IsMatch(text) && filled == 1) || IsSum(records, first, text)) return Closing.Yes;
        return lacks && !records.EndsOpen && (first == 0 || TypeOf(first) is not (FieldType.Text or FieldType.Address or FieldType.Name))
            && text.Any(c => c > '\u007f' && char.IsLetter(c)) ? Closing.Perhaps : Closing.No;
    }

    /// <summary>The row has what it must, but only by a name that is a remark, or a number that is a sum.</summary>
    private bool NamesNobody(string?[] values) => required.Length > 0 && Array.TrueForAll(required, group => Array.TrueForAll(group, field =>
        values[field] is not { } value || layout.Columns[field].Type switch
        {
            FieldType.Name => Squeezed(value) is var name && (Count.IsMatch(name) || Label.IsMatch(name) || Dated.IsMatch(name)
                || Figure.IsMatch(name) || SumWord.IsMatch(name)),
            FieldType.ResidentNumber => value.Length < 15,
            _ => false,
        }));

    private bool IsRemark(string text, int cell) => Count.IsMatch(text) || Label.IsMatch(text)
        || (Dated.IsMatch(text) && TypeOf(cell) is not (FieldType.Date or FieldType.Year or FieldType.ResidentNumber));

    /// <summary>Words without a digit, and behind them numbers alone.</summary>
    private static bool IsSum(IRecords records, int first, string words)
    {
        if (words.Any(char.IsDigit) || !words.Any(char.IsLetter)) return false;
        var figures = 0;
        for (var i = first + 1; i < records.Count; i++)
        {
            if (Unseen.Trim(records[i]).IsEmpty) continue;
            if (!Figure.IsMatch(Squeezed(records[i]))) return false;
            figures++;
        }
        return figures > 0;
    }

    private FieldType? TypeOf(int cell) => cell < columnOf.Length && columnOf[cell] >= 0 ? layout.Columns[columnOf[cell]].Type : null;

    private static string Squeezed(ReadOnlySpan<char> text) => string.Concat(Unseen.Without(text).ToString().Where(c => !Unseen.IsBlank(c)));

    // In time that grows with the text alone: what stands here was written by someone else.
    private static Regex Shape(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
