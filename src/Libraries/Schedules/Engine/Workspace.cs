using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

internal struct DoseFinding
{
    public DoseStatus Status;
    public DoseReason Reason;
    public bool Grace;
    /// <summary>Place of the target dose in the series; None before any.</summary>
    public int Target;
}

/// <summary>One dose in order of date.</summary>
/// <param name="Vaccine">None when the rule set does not know it.</param>
/// <param name="Original">Place in the patient's list.</param>
internal readonly record struct DoseDay(int Day, int Vaccine, int Original);

/// <summary>A patient's way through one series. Reused from patient to patient.</summary>
internal sealed class SeriesRun
{
    public SeriesCode Rules = null!;
    public bool Relevant;
    public DoseFinding[] Findings = new DoseFinding[16];
    public int Target;
    /// <summary>Target doses satisfied, recurrences included.</summary>
    public int Satisfied;
    public int FirstValidDay;
    public bool AllValid;

    public SeriesStatus Status;
    /// <summary>The earliest date as the rules bound it; None when they do not, while <see cref="Earliest"/> is then the day of birth.</summary>
    public int Start;
    public int DoseNumber, Earliest, Recommended, UnadjustedRecommended, PastDue, UnadjustedPastDue, Latest;
    public bool Priority;

    public bool Complete => Status == SeriesStatus.Complete;
    public bool InProcess => Status == SeriesStatus.NotComplete && Satisfied > 0;

    public void Begin(SeriesCode rules, int doses)
    {
        Rules = rules;
        if (Findings.Length < doses) Findings = new DoseFinding[Math.Max(doses, Findings.Length * 2)];
        Array.Clear(Findings, 0, doses);
        (Target, Satisfied, FirstValidDay, AllValid) = (0, 0, None, true);
        (Status, DoseNumber, Priority) = (SeriesStatus.NotComplete, 0, false);
        Start = Earliest = Recommended = UnadjustedRecommended = PastDue = UnadjustedPastDue = Latest = None;
    }
}

/// <summary>
/// Everything that one forecast needs, kept from patient to patient so that a population walks through without garbage. One a thread; holds no
/// patient's answer after <see cref="Forecaster"/> has returned.
/// </summary>
internal sealed class Workspace
{
    public readonly CompiledRules Rules;
    public readonly int[] AgeDay;
    public readonly bool[] Active;
    public readonly int[] ObservedOn;
    public readonly SeriesRun[] Runs;

    public Patient Patient = null!;
    public int Born, Assessed;
    public DoseDay[] Doses = new DoseDay[16];
    public int DoseCount;
    /// <summary>Of the antigen at hand: places in <see cref="Doses"/>, in order.</summary>
    public int[] OfAntigen = new int[16];
    public int OfAntigenCount;
    /// <summary>Whether any observation that the rules know is active: for most people none is, and then much need not be asked.</summary>
    public bool AnyActive;
    /// <summary>Codes of this patient that the rule set does not know; null while there are none, as for nearly everybody.</summary>
    public SortedSet<string>? UnknownVaccines, UnknownObservations;
    /// <summary>Places in <see cref="Doses"/> of those that may conflict with a later vaccine.</summary>
    public int[] Conflicting = new int[16];
    public int ConflictingCount;

    public Workspace(CompiledRules rules)
    {
        Rules = rules;
        AgeDay = new int[rules.Ages.Length];
        Active = new bool[rules.Observations.Length];
        ObservedOn = new int[rules.Observations.Length];
        Runs = new SeriesRun[rules.SeriesCount];
        for (var i = 0; i < Runs.Length; i++) Runs[i] = new SeriesRun();
    }

    public void Load(Patient patient, int assessed)
    {
        (Patient, Born, Assessed) = (patient, patient.Born.DayNumber, assessed);
        UnknownVaccines = UnknownObservations = null;
        for (var i = 0; i < AgeDay.Length; i++) AgeDay[i] = Rules.Ages[i].After(Born);
        LoadObservations(patient.Observations);
        LoadDoses(patient.Doses);
    }

    private void LoadObservations(IReadOnlyList<ObservationMade> observations)
    {
        Array.Clear(Active);
        Array.Fill(ObservedOn, None);
        AnyActive = false;
        for (var i = 0; i < observations.Count; i++)
        {
            var made = observations[i];
            if (!Rules.ObservationByCode.TryGetValue(made.Code, out var code))
            {
                (UnknownObservations ??= new SortedSet<string>(StringComparer.Ordinal)).Add(made.Code);
                continue;
            }
            var from = made.From?.DayNumber ?? None;
            if (from > Assessed || made.Until is { } until && until.DayNumber < Assessed) continue;
            Active[code] = AnyActive = true;
            ObservedOn[code] = Math.Max(ObservedOn[code], from);
        }
    }

    /// <summary>Doses after the assessment date have not happened yet.</summary>
    private void LoadDoses(IReadOnlyList<DoseGiven> doses)
    {
        if (Doses.Length < doses.Count)
        {
            Doses = new DoseDay[doses.Count * 2];
            OfAntigen = new int[doses.Count * 2];
            Conflicting = new int[doses.Count * 2];
        }
        DoseCount = 0;
        for (var i = 0; i < doses.Count; i++)
        {
            var day = doses[i].On.DayNumber;
            if (day > Assessed) continue;
            if (!Rules.VaccineByCode.TryGetValue(doses[i].Vaccine, out var code))
            {
                code = None;
                (UnknownVaccines ??= new SortedSet<string>(StringComparer.Ordinal)).Add(doses[i].Vaccine);
            }
            var dose = new DoseDay(day, code, i);
            var at = DoseCount++;
            for (; at > 0 && Before(dose, Doses[at - 1]); at--) Doses[at] = Doses[at - 1];
            Doses[at] = dose;
        }
        ConflictingCount = 0;
        for (var i = 0; i < DoseCount; i++)
            if (Doses[i].Vaccine != None && Rules.Vaccines[Doses[i].Vaccine].ConflictsLater) Conflicting[ConflictingCount++] = i;
    }

    /// <summary>By day; doses of one day by what they are, so that the order in which they are told never matters.</summary>
    private bool Before(DoseDay one, DoseDay other)
    {
        if (one.Day != other.Day) return one.Day < other.Day;
        if (one.Vaccine != other.Vaccine) return one.Vaccine < other.Vaccine;
        var (a, b) = (Patient.Doses[one.Original], Patient.Doses[other.Original]);
        var order = string.CompareOrdinal(a.Maker, b.Maker);
        if (order == 0) order = string.CompareOrdinal(a.TradeName, b.TradeName);
        if (order == 0) order = string.CompareOrdinal(a.Vaccine, b.Vaccine);
        if (order == 0) order = a.Substandard.CompareTo(b.Substandard);
        return order < 0;
    }

    /// <summary>CDSi 4.2: the doses that hold the antigen, given at an age at which they count for it.</summary>
    public void SelectAntigen(int antigen)
    {
        OfAntigenCount = 0;
        for (var i = 0; i < DoseCount; i++)
        {
            if (Doses[i].Vaccine == None) continue;
            foreach (var held in Rules.Vaccines[Doses[i].Vaccine].Antigens)
                if (held.Antigen == antigen && AtAge(Doses[i].Day, held.BeginAge, held.EndAge))
                {
                    OfAntigen[OfAntigenCount++] = i;
                    break;
                }
        }
    }

    /// <summary>
    /// Whether a dose holds nothing of the antigen at hand and was given before the day of its dose number <paramref name="before"/>; before the
    /// forecast when all of the antigen's doses lie before.
    /// </summary>
    public bool IsOutside(int dose, int before) =>
        (before >= OfAntigenCount || Doses[dose].Day < Doses[OfAntigen[before]].Day) && Array.IndexOf(OfAntigen, dose, 0, OfAntigenCount) < 0;

    /// <summary><c>begin ≤ age on the day &lt; end</c>, each end open when it is None.</summary>
    public bool AtAge(int day, int beginAge, int endAge) => (beginAge == None || day >= AgeDay[beginAge]) && (endAge == None || day < AgeDay[endAge]);

    public int Age(int age) => age == None ? None : AgeDay[age];
}
