namespace Legwork.People.Records;

/// <summary>
/// The lists whose meaning the findings rest on, in the words by which a district's layouts say that a list is one of them (<c>means:</c>).
/// Other lists are matched by their fields and shown in the file, without code.
/// </summary>
internal static class Sources
{
    public const string Household = "household";
    public const string Roll = "insured";
    public const string Births = "births";
    public const string Deaths = "deaths";
    public const string Moves = "moves";
    public const string Elsewhere = "insured_elsewhere";
    public const string Students = "students";
    public const string Ledger = "ledger";

    /// <summary>The district's dwellings: no list of people, handed on to Places before the others are taken in.</summary>
    public const string Addresses = "addresses";

    /// <summary>The order in which rows are named when several would do.</summary>
    public static readonly IReadOnlyList<string> Order = [Household, Roll, Births, Deaths, Moves, Elsewhere, Students, Ledger];

    public static int Rank(string means) => Order.IndexOf(means) is var at and >= 0 ? at : Order.Count;

    private static int IndexOf(this IReadOnlyList<string> list, string item)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == item) return i;
        return -1;
    }
}
