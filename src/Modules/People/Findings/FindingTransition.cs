using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

internal enum FindingStep
{
    /// <summary>Nothing is written and nobody is told.</summary>
    Leave,

    /// <summary>Found for the first time.</summary>
    Open,

    /// <summary>Was gone and is found again: the same finding. Whether somebody is asked again is for Cases to say.</summary>
    Reopen,

    /// <summary>Says the same from another row of the list: an answer given stands.</summary>
    Move,

    /// <summary>Open, and says something else now.</summary>
    Change,

    /// <summary>Was answered, and says something else now: the answer was to another question.</summary>
    AskAgain,

    /// <summary>Is not found any more.</summary>
    Close,
}

/// <summary>A finding as it stands in the table.</summary>
/// <param name="State"><c>open</c>, <c>answered</c> or <c>gone</c>.</param>
internal sealed record StoodFinding(Guid Id, string Kind, PersonId File, string Source, long Row, string Args, string State, string Place)
{
    private const string Select = "select id, kind, file, source, row, args, state, place from people_finding";

    /// <summary>Every finding that ever stood, by file.</summary>
    public static ILookup<PersonId, StoodFinding> All(Session session) =>
        session.Query<StoodFinding>(Select + " order by opened_at, id").ToLookup(finding => finding.File);

    public static List<StoodFinding> Of(Session session, PersonId file) =>
        session.Query<StoodFinding>(Select + " where file = @file order by opened_at, id", new { file });
}

/// <summary>
/// What becomes of one finding of a file: what stood and what is found now decide it, whether one file is judged or the whole district.
/// </summary>
/// <param name="Args">What its sentence needs now, as it is stored; empty when it is not found.</param>
internal sealed record FindingTransition(FindingStep Step, PersonId File, StoodFinding? Stood, Found? Found, string Args, Summary? Summary)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Where in the lists it was read, and how long it lasts by now: the next month's lists change these without saying anything new.
    private static readonly HashSet<string> Passing = new(["row", "rows", "days"], StringComparer.Ordinal);

    /// <summary>Whether it says something else than when it last stood.</summary>
    public bool SaysElse => Stood is not null && Found is not null && !SaysTheSame(Stood.Args, Args);

    /// <param name="found">What the rules find in the file's rows now, each kind once.</param>
    /// <param name="stood">What stands of this file, in the order in which it opened.</param>
    public static IEnumerable<FindingTransition> Of(PersonId file, IEnumerable<Found> found, IEnumerable<StoodFinding> stood, Summary? summary)
    {
        // One of a kind is in force at most; files of earlier versions may hold several that are gone.
        var ofKind = new Dictionary<string, StoodFinding>(StringComparer.Ordinal);
        foreach (var finding in stood)
            if (finding.State != "gone" || ofKind.GetValueOrDefault(finding.Kind) is not { State: not "gone" }) ofKind[finding.Kind] = finding;
        foreach (var now in found)
        {
            ofKind.Remove(now.Kind, out var was);
            var args = JsonSerializer.Serialize(now.Args, Json);
            yield return new FindingTransition(Decide(was, now, args), file, was, now, args, summary);
        }
        foreach (var was in ofKind.Values) yield return new FindingTransition(Decide(was, null, ""), file, was, null, "", summary);
    }

    internal static FindingStep Decide(StoodFinding? stood, Found? found, string args) => (stood?.State, found) switch
    {
        (null or "gone", null) => FindingStep.Leave,
        (_, null) => FindingStep.Close,
        (null, _) => FindingStep.Open,
        ("gone", _) => FindingStep.Reopen,
        _ when stood.Args == args && stood.Row == found.Row.Row && stood.Source == found.Row.Source => FindingStep.Leave,
        _ when SaysTheSame(stood.Args, args) => FindingStep.Move,
        ("answered", _) => FindingStep.AskAgain,
        _ => FindingStep.Change,
    };

    private static bool SaysTheSame(string was, string now) => was == now || Lasting(was).SetEquals(Lasting(now));

    private static HashSet<KeyValuePair<string, string>> Lasting(string args) =>
        [.. JsonSerializer.Deserialize<Dictionary<string, string>>(args)!.Where(arg => !Passing.Contains(arg.Key))];
}
