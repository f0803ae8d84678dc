using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Legwork.Schedules;
using Legwork.Schedules.National;
using Reading = Legwork.Platform.ReadLog.Reading;

namespace Legwork.Immunization;

/// <summary>
/// A rule change is tried before it is switched on: everyone under eighteen of the actor's places is answered by both rule sets, and whoever gets
/// another date is listed with its cause. Nothing is changed by it.
/// </summary>
internal sealed class TryRules(Store store, IPersonCards persons, Reading reading, RuleBooks rules, PlatformPlaces places, TimeProvider clock)
{
    public const string Purpose = "rule_trial";

    /// <summary>The programme ends at eighteen.</summary>
    private const int YearsMax = 18;

    /// <returns>Refusals: <c>immunization.trial.rules</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<RulesTried>> Run(string from, string to, Actor actor, CancellationToken cancel)
    {
        if (rules.Find(from) is not { } old || rules.Find(to) is not { } @new || old == @new)
            return Refusal.Of("immunization.trial.rules", "Choose two rule sets of this district's rules.");
        var today = clock.Today();
        var people = await persons.BornFrom(actor, ImmunizationPermissions.Trial, today.AddYears(-YearsMax), cancel);
        // The widest of the reader's places: everyone who lives there can see in the own log that a batch covered him.
        var scope = actor.Where(ImmunizationPermissions.Trial).Select(one => one.Code).Where(code => code.Length > 0).OrderBy(code => code.Length)
            .FirstOrDefault(Path.GetFileName(Path.TrimEndingDirectorySeparator(places.DistrictFolder)));
        var logged = await reading.OfAll(actor, ImmunizationPermissions.Trial, Purpose, scope, detail: $"{from} → {to}: {people.Count}");
        if (!logged.Ok) return logged.Refusal!;
        var doses = await Doses(cancel);
        var others = new List<OtherDate>();
        foreach (var person in people)
            if (ShowRecord.BirthDay(person) is { } born)
                others.AddRange(Compare(old, @new, person, new Patient(born, ShowRecord.SexOf(person), doses.GetValueOrDefault(person.Id) ?? [], []),
                    today, logged.Value.Of(person.IsChild)));
        var causes = others.GroupBy(other => (other.Programme, other.Was, other.Becomes, other.How))
            .Select(group => new CauseCount(group.Key.Programme, group.Key.Was, group.Key.Becomes, group.Key.How, group.Count()))
            .OrderByDescending(cause => cause.People).ThenBy(cause => cause.Programme, StringComparer.Ordinal)
            .ThenBy(cause => cause.Was, StringComparer.Ordinal).ToList();
        return new RulesTried(from, to, today, people.Count, causes, others);
    }

    private async Task<Dictionary<PersonId, List<DoseGiven>>> Doses(CancellationToken cancel)
    {
        var merged = await persons.Merged(cancel);
        var doses = new Dictionary<PersonId, List<DoseGiven>>();
        foreach (var row in await store.ReadAsync(DoseRow.Everybody, cancel))
        {
            var person = merged.GetValueOrDefault(row.Person, row.Person);
            if (!doses.TryGetValue(person, out var own)) doses.Add(person, own = []);
            own.Add(row.AsGiven);
        }
        return doses;
    }

    private static IEnumerable<OtherDate> Compare(RuleBook old, RuleBook @new, PersonCard person, Patient patient, DateOnly today, FieldMask mask)
    {
        var (before, after) = (old.Engine.Forecast(patient, today), @new.Engine.Forecast(patient, today));
        foreach (var programme in old.Book.Programmes.Select(one => one.Id).Union(@new.Book.Programmes.Select(one => one.Id)))
        {
            var (was, becomes) = (Due.Of(before, programme), Due.Of(after, programme));
            if (How(was, becomes) is not { } how) continue;
            yield return new OtherDate(person.Id, mask.Show("name", person.Name) ?? "",
                mask.Allowed("birth") ? ShowRecord.BirthDay(person) : null, programme,
                was.Row, was.From, was.By, becomes.Row, becomes.From, becomes.By, how);
        }
    }

    private static string? How(Due was, Due becomes) => (was.From, becomes.From) switch
    {
        (null, null) => null,
        (null, _) => "new",
        (_, null) => "gone",
        var (one, other) when one < other => "later",
        var (one, other) when one > other => "earlier",
        _ => was.By == becomes.By ? null : "deadline",
    };

    /// <summary>What is due in a programme; everything empty when nothing is.</summary>
    private readonly record struct Due(string Row, DateOnly? From, DateOnly? By)
    {
        public static Due Of(PatientForecast forecast, string programme) =>
            NationalAnswer.Of(forecast, programme) is { Status: SeriesStatus.NotComplete } answer
            ? new Due(answer.Clause?.Id ?? "", answer.Earliest, answer.PastDue) : new Due("", null, null);
    }
}
