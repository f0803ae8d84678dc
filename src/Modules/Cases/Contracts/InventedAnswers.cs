namespace Legwork.Cases.Contracts;

/// <summary>What invented people answer in a demonstration, contributed by whoever owns the kinds of cases.</summary>
/// <param name="For">By kind, stage and a number from 0 to 99; null where nobody answers yet.</param>
public sealed record InventedAnswers(Func<string, string, int, InventedAnswer?> For);

/// <summary>One invented answer.</summary>
/// <param name="Signed">With a typed signature as its evidence.</param>
/// <param name="Text">The detail <c>text</c>.</param>
/// <param name="ByDate">With a detail <c>by_date</c> two months on.</param>
public sealed record InventedAnswer(string Answer, bool Signed = false, string? Text = null, bool ByDate = false);
