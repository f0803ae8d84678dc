using System.Globalization;
using System.Text;

namespace Legwork.Schedules.Population;

/// <summary>
/// Invented people for measuring and for tests: born over twenty years, vaccinated more or less as a rule set's standard series ask, some late, some
/// early, some doses missing, now and then an observation. The same seed makes the same people.
/// </summary>
public sealed class InventedPatients(RuleSet rules, int seed)
{
    private readonly Random chance = new(seed);
    private readonly DateOnly firstBirth = new(2005, 1, 1);
    private readonly List<Series> series = [.. rules.Antigens
        .Select(a => a.Series.FirstOrDefault(s => s.IsDefault) ?? a.Series.FirstOrDefault(s => s.Type == SeriesType.Standard)).OfType<Series>()];

    /// <param name="assessed">No dose is given after this day.</param>
    public Patient Next(DateOnly assessed)
    {
        var born = firstBirth.AddDays(chance.Next(Math.Max(1, assessed.DayNumber - firstBirth.DayNumber)));
        var doses = new List<DoseGiven>();
        foreach (var path in series)
            if (chance.NextDouble() < 0.7) Give(path, born, assessed, doses);
        // About ten doses: a longer history is cut where chance will have it.
        var kept = 5 + chance.Next(11);
        while (doses.Count > kept) doses.RemoveAt(chance.Next(doses.Count));
        var observations = rules.Observations.Count > 0 && chance.NextDouble() < 0.05
            ? [new ObservationMade(rules.Observations[chance.Next(rules.Observations.Count)].Code)] : (IReadOnlyList<ObservationMade>)[];
        return new Patient(born, chance.Next(2) == 0 ? Sex.Female : Sex.Male, doses, observations);
    }

    private void Give(Series path, DateOnly born, DateOnly assessed, List<DoseGiven> doses)
    {
        var last = born;
        foreach (var dose in path.Doses)
        {
            var vaccines = dose.Preferable.Select(p => p.Vaccine).Concat(dose.Allowable.Select(a => a.Vaccine)).ToList();
            var age = dose.Ages.Count > 0 ? dose.Ages[0] : new AgeRule();
            var on = (age.EarliestRecommended ?? age.Min ?? default).After(born).AddDays(chance.Next(20) == 0 ? -chance.Next(40) : chance.Next(60));
            if (on < last) on = last.AddDays(chance.Next(20, 60));
            if (on > assessed || on.DayNumber > born.DayNumber + 7000) return;
            if (vaccines.Count == 0 || chance.NextDouble() < 0.2) continue;
            doses.Add(new DoseGiven(on, vaccines[chance.Next(Math.Min(3, vaccines.Count))]));
            last = on;
        }
    }

    /// <summary>A person as a line of the file that <c>forecast</c> reads, without the line's end.</summary>
    public static string Line(string id, Patient patient)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{{\"id\":\"{id}\",\"born\":\"{patient.Born:yyyy-MM-dd}\",\"sex\":\"{(patient.Sex == Sex.Female ? 'F' : 'M')}\",\"doses\":[");
        text.AppendJoin(',', patient.Doses.Select(d => $"{{\"date\":\"{d.On:yyyy-MM-dd}\",\"vaccine\":\"{d.Vaccine}\"}}"));
        text.Append("],\"observations\":[").AppendJoin(',', patient.Observations.Select(o => $"{{\"code\":\"{o.Code}\"}}")).Append("]}");
        return text.ToString();
    }
}
