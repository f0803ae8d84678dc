using System.Text.RegularExpressions;
using Legwork.Kernel;
using Legwork.People.Files;

namespace Legwork.People.Pairs;

/// <summary>A pair of files that may be one person, as it lies in storage.</summary>
/// <param name="Why"><c>probable</c>, <c>both_insured</c> or <c>manual</c>.</param>
/// <param name="State"><c>open</c>, <c>confirm</c> (a second person must confirm the merge) or <c>decided</c>.</param>
/// <param name="DecidedFor">In whose name a stand-in decided.</param>
/// <param name="Verdict">Empty, <c>unsure</c>, <c>same</c> or <c>different</c>.</param>
internal sealed record FilePair(long Id, PersonId FileA, PersonId FileB, double Weight, string Waterfall, string Why,
    string State, DateTimeOffset At, Guid? HeldBy, string HeldByName, DateTimeOffset HeldUntil, string Verdict,
    string Reason, Guid? DecidedBy, string DecidedName, Guid? DecidedFor)
{
    public const string Columns = """
        select p.id, p.file_a, p.file_b, p.weight, p.waterfall, p.why, p.state, p.at, p.held_by, p.held_by_name, p.held_until, p.verdict, p.reason,
            p.decided_by, p.decided_name, p.decided_for
        from people_pair p
        """;

    public bool IsHeldFrom(Guid account, DateTimeOffset now) => HeldBy is { } holder && holder != account && HeldUntil > now;
}

/// <summary>One line of the queue.</summary>
/// <param name="Evidence">What speaks most for and against, the strongest first; empty where a clerk named the pair.</param>
internal sealed record PairLine(FilePair Pair, PersonLine A, PersonLine B, bool BothInsured, IReadOnlyList<WeightStep> Evidence);

/// <param name="Count">All that wait for this reader, on every page.</param>
/// <param name="Left">So many more in the district are less likely than all of these, and come when some of these are decided.</param>
internal sealed record PairQueuePage(IReadOnlyList<PairLine> Lines, int Page, long Count, long Left);

/// <summary>An attribute of both files; <paramref name="Differs"/> marks what they do not agree on.</summary>
internal sealed record ComparedValue(AttributeRule Rule, InForce? A, InForce? B, bool Differs)
{
    /// <summary>A name has spellings and a home may change; nobody has two of these.</summary>
    public bool Contradicts => Differs && (Rule.Code is "birth" or "sex" or "number" or "died_on");
}

/// <summary>One bar of the matching's weights, in bits.</summary>
internal sealed partial record WeightStep(string Comparison, string Words, double Bits)
{
    private const double AgainstFrom = -2;

    /// <summary>At least four to one against: a contradiction, not a slip.</summary>
    public bool SpeaksAgainst => Bits <= AgainstFrom;

    /// <summary>Speaks for one person although the two are not the same: a slip, another spelling, one character different.</summary>
    public bool IsOnlyAlike => Bits > 0 && Alike().IsMatch(Words);

    [GeneratedRegex(@"\b(another|different|nearly|alike|slips?|off|short form|nickname)\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Alike();

    /// <summary>Neither says anything worth a line.</summary>
    public bool IsSlight => Math.Abs(Bits) < 1;
}

/// <param name="Until">How long this reader holds the pair.</param>
internal sealed record PairView(FilePair Pair, FileRow A, FileRow B, IReadOnlyList<ComparedValue> Values,
    IReadOnlyList<RowVersion> RowsA, IReadOnlyList<RowVersion> RowsB,
    IReadOnlyList<WeightStep> Steps, bool BothInsured, DateTimeOffset Until);
