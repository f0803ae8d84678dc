using Legwork.Kernel;

namespace Legwork.Immunization.Pages;

/// <param name="Address">Where the person's doses lie: under the file, or under <c>/me</c>.</param>
/// <param name="Back">Where the reader came from.</param>
/// <param name="Desk">The reader is a nurse of the place: she records, and <paramref name="Back"/> is the search, not the file.</param>
/// <param name="Kept">The dose that was written down a moment ago; null when none was.</param>
internal sealed record RecordModel(RecordView View, string Address, string Back, bool Desk, long? Kept);

/// <param name="Dose">Null when a dose is written down for the first time.</param>
/// <param name="Said">What the form held, by field.</param>
/// <param name="Weighed">What stands against the dose; null when nothing does, or nothing was asked yet.</param>
internal sealed record DoseModel(RecordView View, string Address, DoseRow? Dose,
    IReadOnlyDictionary<string, string> Said, Refusal? Wrong, DoseWeighed? Weighed)
{
    /// <summary>All that is wrong with the form, so that it is put right in one go.</summary>
    public IReadOnlyList<Refusal> Faults { get; init; } = [];
}

/// <param name="State">Null when a state is written down for the first time.</param>
internal sealed record StateModel(RecordView View, string Address, StateRow? State, IReadOnlyDictionary<string, string> Said, Refusal? Wrong);

/// <param name="Found">Null before anybody was asked for, and after a refusal.</param>
internal sealed record DeskModel(string Question, People.Contracts.PersonsFound? Found, Refusal? Wrong);

internal sealed record RulesModel(IReadOnlyList<RuleBook> All, RuleBook Book);

/// <param name="Tried">Null before anything was asked, and after a refusal.</param>
internal sealed record TrialModel(RuleBooks Books, string From, string To, Contracts.RulesTried? Tried, Refusal? Wrong, bool MayOpenPeople);
