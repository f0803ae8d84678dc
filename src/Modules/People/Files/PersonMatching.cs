using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>Which rows are one person.</summary>
internal sealed class PersonMatching : IMatching
{
    public Matches Run(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions, Action<string, double>? progress) =>
        ExactMatching.Run(records, decisions);
}
