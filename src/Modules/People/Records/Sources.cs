namespace Legwork.People.Records;

/// <summary>
/// The lists whose meaning the findings rest on, by the names that the layouts give them. Other lists are matched by their fields
/// and shown in the file, without code.
/// </summary>
internal static class Sources
{
    public const string Household = "户籍人口";
    public const string Roll = "参保人员";
    public const string Births = "出生医学证明";
    public const string Deaths = "死亡登记";
    public const string Moves = "迁入迁出";
    public const string Elsewhere = "省外参保比对";
    public const string Students = "在校学生";
    public const string Ledger = "网格台账";

    /// <summary>The order in which rows are named when several would do.</summary>
    public static readonly IReadOnlyList<string> Order = [Household, Roll, Births, Deaths, Moves, Elsewhere, Students, Ledger];

    public static int Rank(string source) => Order.IndexOf(source) is var at and >= 0 ? at : Order.Count;

    private static int IndexOf(this IReadOnlyList<string> list, string item)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == item) return i;
        return -1;
    }
}
