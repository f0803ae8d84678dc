using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>
/// Renews the findings of all files: opens what holds now, closes what the lists no longer show, leaves alone what stands
/// (<see cref="FindingTransition"/>). Running it again changes nothing.
/// </summary>
internal sealed class UpdateFindings(Store store, TimeProvider clock, IDwellings dwellings, DistrictFacts facts, DistrictLists lists,
    WriteFindings write)
{
    // Each opens or closes a case with its history, its event and the delivery of it.
    private const int TransitionsPerUnit = 100;

    public async Task<(int Opened, int Closed)> Run(Dictionary<PersonId, List<Record>> people, Dictionary<PersonId, Summary> summaries)
    {
        var rules = new FindingRules(store.Read(session => ReferenceDay(session, clock)), dwellings.StreetsOfGrids(),
            SharedNumbers(people).Contains, facts.OtherProvince);
        var stood = store.Read(StoodFinding.All);
        var doubtful = store.Read(session => DoubtfulAbsence.All(session, lists));
        IEnumerable<FindingTransition> Judge(PersonId file, List<Record> rows) => FindingTransition.Of(file,
            rules.Of(rows).Where(found => found.Kind != DoubtfulAbsence.Kind || !doubtful.Contains(file)), stood[file], summaries[file]);
        var transitions = people.SelectMany(person => Judge(person.Key, person.Value))
            .Concat(stood.Where(ofFile => !people.ContainsKey(ofFile.Key)).SelectMany(ofFile => FindingTransition.Of(ofFile.Key, [], ofFile, null)))
            .Where(transition => transition.Step != FindingStep.Leave).ToList();
        foreach (var chunk in transitions.Chunk(TransitionsPerUnit)) await store.Write(session => write.Run(session, chunk, "lists"));
        return (transitions.Count(transition => transition.Step is FindingStep.Open or FindingStep.Reopen or FindingStep.AskAgain),
            transitions.Count(transition => transition is { Step: FindingStep.Close, Stood.State: "open" }));
    }

    /// <summary>The last day of the month of the full lists, on which "more than 30 days old" is judged.</summary>
    internal static DateOnly ReferenceDay(Session session, TimeProvider clock)
    {
        var period = session.Scalar<string>("select max(period) from people_import where state = 'taken' and list = 'full' and period <> ''");
        return period is { Length: > 0 } && VagueDate.TryParse(period, out var date) ? date.Latest : clock.Today();
    }

    /// <summary>Numbers that stand on rows of two people or more.</summary>
    private static HashSet<string> SharedNumbers(Dictionary<PersonId, List<Record>> people)
    {
        var owner = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, rows) in people)
            foreach (var row in rows)
                if (row.OwnNumber is { } number && !owner.TryAdd(number, file) && owner[number] != file) shared.Add(number);
        return shared;
    }
}
