using Legwork.Schedules;
using Legwork.Schedules.National;

namespace Legwork.Immunization;

/// <summary>A national rule set as it is written, and the engine that answers by it for this district.</summary>
internal sealed record RuleBook(NationalBook Book, Forecaster Engine)
{
    public string Id => Book.Id;
}

/// <summary>Every rule set of <c>rules/immunization</c>. A file that is not understood stops the server at start, with its line.</summary>
internal sealed class RuleBooks
{
    private readonly List<RuleBook> all;

    /// <param name="area">The district's code: some programmes differ by place.</param>
    /// <exception cref="RuleFileException">A rule set is not understood.</exception>
    public RuleBooks(string folder, string area) =>
        all = [.. Directory.EnumerateDirectories(folder, "cn-*").Order(StringComparer.Ordinal).Select(path => NationalRules.Read(path))
            .Select(book => new RuleBook(book, new Forecaster(NationalRules.Compile(book, area))))];

    public IReadOnlyList<RuleBook> All => all;

    public RuleBook? Find(string id) => all.Find(book => book.Id == id);

    /// <summary>The latest that is in force on the day; before any was, the first.</summary>
    public RuleBook On(DateOnly day) => all.FindLast(book => book.Engine.RuleSet.InForce.Holds(day)) ?? all[0];
}
