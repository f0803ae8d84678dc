namespace Legwork.People.Matching;

/// <summary>What reviewers have decided about two lineages; binding in every later run.</summary>
internal sealed record Decision(long LineageA, long LineageB, bool Same);

/// <summary>Two groups of rows that may be one person, for a clerk to look at.</summary>
internal sealed record ProbablePair(int RecordA, int RecordB, double Weight, string Waterfall);

/// <summary>Which rows are one person: a group number for each record, and the pairs that only a person can settle.</summary>
/// <param name="Left">So many more of these, the least likely, stay for the next run: they come when some of the others are decided.</param>
internal sealed record Matches(int[] Group, IReadOnlyList<ProbablePair> Probable, int Left = 0);
