using System.Globalization;

namespace Legwork.Demo;

/// <summary>How one office writes its file: name, encoding, separator, line ends, a title line, columns.</summary>
/// <param name="source">The file's name without month and extension, as exports and truth name it.</param>
/// <param name="namePattern"><c>{0}</c> stands for the month or year of the list.</param>
/// <param name="periodFormat"><c>yyyyMM</c> for a monthly list, <c>yyyy</c> for a yearly one.</param>
/// <param name="encoding">A name that <see cref="Charset.Of"/> knows; null for XLSX.</param>
public sealed class RegisterLayout(
    string source, string namePattern, string periodFormat, string? encoding, char separator, string lineEnd, string? title, params string[] columns)
{
    public string Source { get; } = source;

    public string? Encoding { get; } = encoding;

    public char Separator { get; } = separator;

    public string LineEnd { get; } = lineEnd;

    /// <summary>A line above the header; <c>{0}</c> stands for the year.</summary>
    public string? Title { get; } = title;

    public string[] Columns { get; } = columns;

    public bool IsWorkbook => Encoding is null;

    /// <summary>The column with the person's own number; null in births, where the numbers are the parents', and in the ledger.</summary>
    public string? NumberColumn { get; } =
        source == "出生医学证明" ? null
            : columns.FirstOrDefault(column => column is "公民身份号码" or "证件号码" or "身份证件号");

    public string FileName(DateOnly month) =>
        string.Format(CultureInfo.InvariantCulture, namePattern, month.ToString(periodFormat, CultureInfo.InvariantCulture));

    /// <exception cref="ArgumentException">The layout has no such column.</exception>
    public int Column(string name)
    {
        var at = Array.IndexOf(Columns, name);
        return at >= 0 ? at : throw new ArgumentException($"{Source} has no column {name}.", nameof(name));
    }
}

/// <summary>The eight files that carry persons, in the order in which findings look for their row, and the address list.</summary>
public static class Layouts
{
    public static readonly RegisterLayout Household = new(
        "户籍人口", "户籍人口_{0}.csv", "yyyyMM", "gb18030", ',', "\r\n", null,
        "户号", "与户主关系", "姓名", "曾用名", "藏文姓名", "性别", "公民身份号码", "出生日期", "户籍地址",
        "街道", "社区", "网格编号", "登记日期", "注销原因", "注销日期");

    public static readonly RegisterLayout Insurance = new(
        "参保人员", "参保人员_{0}.csv", "yyyyMM", "utf-8-bom", ',', "\n", null,
        "个人编号", "姓名", "证件类型", "证件号码", "性别", "出生日期", "险种", "参保状态", "参保日期",
        "单位或村居", "联系电话", "居住地址", "缴费年度");

    public static readonly RegisterLayout Births = new(
        "出生医学证明", "出生医学证明_{0}.xlsx", "yyyy", null, ',', "\n", null,
        "编号", "新生儿姓名", "性别", "出生时间", "母亲姓名", "母亲证件号码",
        "父亲姓名", "父亲证件号码", "居住地址");

    public static readonly RegisterLayout Deaths = new(
        "死亡登记", "死亡登记_{0}.csv", "yyyy", "gb18030", ',', "\n", null,
        "姓名", "性别", "证件号码", "死亡日期", "死亡地点", "填报单位");

    public static readonly RegisterLayout Moves = new(
        "迁入迁出", "迁入迁出_{0}.csv", "yyyyMM", "utf-8", ',', "\n", null,
        "类型", "姓名", "公民身份号码", "原址", "现址", "日期");

    public static readonly RegisterLayout Elsewhere = new(
        "省外参保比对", "省外参保比对_{0}.csv", "yyyyMM", "utf-8", ',', "\n", null,
        "姓名", "证件号码", "参保省份", "险种", "参保日期", "状态");

    public static readonly RegisterLayout Students = new(
        "在校学生", "在校学生_{0}秋.csv", "yyyy", "gb18030", ',', "\r\n", "城关区{0}年秋季学期在校学生名册",
        "学校", "年级", "学籍号", "姓名", "性别", "身份证件号", "监护人", "监护人电话", "家庭住址");

    public static readonly RegisterLayout Ledger = new(
        "网格台账", "网格台账_{0}.csv", "yyyyMM", "utf-8", ';', "\n", null,
        "网格编号", "房屋地址", "户主", "居住人姓名", "性别", "出生年份", "联系电话", "居住情况", "备注");

    public static readonly RegisterLayout Addresses = new(
        "地址", "地址.csv", "yyyyMM", "utf-8", ',', "\r\n", null, "地址", "网格编号", "经度", "纬度");

    public static readonly IReadOnlyList<RegisterLayout> OfPersons =
        [Household, Insurance, Births, Deaths, Moves, Elsewhere, Students, Ledger];
}
