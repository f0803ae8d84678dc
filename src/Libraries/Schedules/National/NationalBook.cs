using System.Globalization;
namespace Legwork.Schedules.National;

/// <summary>A text in the three languages of the district.</summary>
public sealed record LocalText(string Zh, string Bo, string En)
{
    /// <param name="language">A language tag; anything but Tibetan and English is answered in Chinese.</param>
    public string In(string language) => language.StartsWith("bo", StringComparison.OrdinalIgnoreCase) ? Bo
        : language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;
}

/// <summary>Where a clause comes from and how sure it is.</summary>
/// <param name="Effective">From when it is in force: a day, a month or a year.</param>
/// <param name="Sources">Keys of <see cref="NationalBook.Sources"/>.</param>
/// <param name="Why">What is uncertain; never null below high confidence.</param>
public sealed record Standing(string Effective, IReadOnlyList<string> Sources, Confidence Confidence, LocalText? Why)
{
    /// <summary>A page says so beside everything that rests on it.</summary>
    public bool AwaitsConfirmation => Confidence != Confidence.High;
}

/// <summary>
/// A national rule set as its folder states it (rules/immunization/cn-2026): for pages to show. <see cref="NationalRules.Compile"/> makes of it
/// what the engine reads.
/// </summary>
/// <param name="Until">The last day on which it is in force; null while it is.</param>
/// <param name="Sources">What each key of a source stands for.</param>
public sealed record NationalBook(string Id, LocalText Title, string Document, string Effective, DateOnly? Until,
    IReadOnlyDictionary<string, string> Sources, IReadOnlyList<Principle> Principles, LiveInjected LiveInjected,
    IReadOnlyList<AfterImmunoglobulin> AfterImmunoglobulin, IReadOnlyList<NationalVaccine> Vaccines,
    IReadOnlyList<HealthState> States, IReadOnlyList<Programme> Programmes)
{
    public NationalVaccine? Vaccine(string code) => Vaccines.FirstOrDefault(vaccine => vaccine.Code == code);

    public HealthState? State(string observation) => States.FirstOrDefault(state => state.Observation == observation);

    /// <summary>The state that a clinic wrote so, by code or by its name.</summary>
    public HealthState? StateWritten(string text) => State(text) ?? States.FirstOrDefault(state => Same(state.Name.Zh, text));

    /// <summary>The vaccine that a clinic wrote so, by code or by any of its written names.</summary>
    public NationalVaccine? Written(string text) => Vaccines.FirstOrDefault(vaccine =>
        Same(vaccine.Code, text) || Same(vaccine.Name.Zh, text) || vaccine.Written.Any(written => Same(written, text)));

    /// <summary>Width, spaces, case and the kind of bracket are a keyboard's, not the vaccine's.</summary>
    private static bool Same(string ours, string written) => string.Equals(Folded(ours), Folded(written), StringComparison.OrdinalIgnoreCase);

    private static string Folded(string text)
    {
        if (text.All(char.IsAsciiLetterOrDigit)) return text;
        // Half a surrogate pair has no normal form, and no vaccine is called so.
        var wide = string.Concat(text.EnumerateRunes()).Normalize(System.Text.NormalizationForm.FormKC);
        return string.Concat(wide.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format).Select(c => c switch
        {
            '〔' or '【' or '［' or '[' or '{' or '〈' or '《' => '(',
            '〕' or '】' or '］' or ']' or '}' or '〉' or '》' => ')',
            '－' or '–' or '—' or '‐' or '‑' or '−' => '-',
            _ => c,
        }));
    }

    /// <summary>The standing of any clause that an answer may name: a row, the end of a course, a spacing, a state of
    /// health; null when there is none.</summary>
    public Standing? StandingOf(string clause) => Row(clause)?.Row.Standing
        ?? Programmes.SelectMany(programme => programme.Courses).FirstOrDefault(course => course.Ends.Id == clause)?.Ends.Standing
        ?? (LiveInjected.Id == clause ? LiveInjected.Standing : AfterImmunoglobulin.FirstOrDefault(rule => rule.Id == clause)?.Standing)
        ?? State(clause)?.Standing;

    /// <summary>The row of that name, with the programme and course in which it stands; null when there is none.</summary>
    public (Programme Programme, Course Course, CourseRow Row)? Row(string id)
    {
        foreach (var programme in Programmes)
            foreach (var course in programme.Courses)
                foreach (var row in course.Rows)
                    if (row.Id == id) return (programme, course, row);
        return null;
    }
}

/// <summary>What holds for every vaccine and needs no number: who reads the page should know it.</summary>
public sealed record Principle(string Id, LocalText Text, Standing Standing);

/// <summary>Two different vaccines of the list lie this far apart unless given on one day.</summary>
public sealed record LiveInjected(string Id, IReadOnlyList<string> Vaccines, Period AtLeast, LocalText Text, Standing Standing);

/// <summary>A vaccine of the list waits this long after the product <paramref name="After"/>.</summary>
public sealed record AfterImmunoglobulin(string Id, string After, IReadOnlyList<string> Vaccines, Period AtLeast, LocalText Text, Standing Standing);

/// <param name="NotProgramme">Parents pay for it; counts where a row lists it.</param>
/// <param name="Product">No vaccine (immunoglobulin), but its date matters.</param>
/// <param name="Written">How clinics write it.</param>
public sealed record NationalVaccine(string Code, LocalText Name, bool NotProgramme, bool Product, IReadOnlyList<string> Written);

/// <summary>What a doctor or a laboratory found, and what it does to which vaccines; without effects it speaks against nothing.</summary>
public sealed record HealthState(string Observation, LocalText Name, LocalText Text, IReadOnlyList<StateEffect> Effects, Standing Standing);

/// <param name="From">The age from which it holds; null is birth.</param>
public sealed record StateEffect(IReadOnlyList<string> Vaccines, ContraindicationEffect Effect, Period? From);

/// <summary>One vaccine of the programme, such as hepatitis B, and the courses of doses in which it is given.</summary>
/// <param name="Places">Where the programme has it otherwise or not at all.</param>
public sealed record Programme(string Id, LocalText Name, IReadOnlyList<PlaceRule> Places, IReadOnlyList<Course> Courses);

/// <param name="Areas">Beginnings of place codes: two digits are a province.</param>
/// <param name="BornFrom">Only who is born from then on; null is everybody.</param>
public sealed record PlaceRule(IReadOnlyList<string> Areas, bool NotInProgramme, DateOnly? BornFrom, Standing Standing);

/// <summary>One path through the doses.</summary>
/// <param name="Name">Null when the programme has no other.</param>
/// <param name="Choice">1 is the usual one of two that a clinic may choose from, 2 the other; null when there is no choice.</param>
/// <param name="InsteadFor">Observations for which this course takes the place of the usual one.</param>
/// <param name="Ends">No dose from this age.</param>
public sealed record Course(string Id, LocalText? Name, int? Choice, IReadOnlyList<string> InsteadFor, Sex? Sex,
    DateOnly? BornFrom, DateOnly? BornBefore, CourseEnd Ends, IReadOnlyList<CourseRow> Rows)
{
    /// <summary>Given to everybody who is not named by <see cref="InsteadFor"/> of another.</summary>
    public bool IsUsual => Choice is not null || InsteadFor.Count == 0;
}

public sealed record CourseEnd(string Id, Period Age, Standing Standing);

/// <summary>
/// One way to give one dose. Rows with the same dose are alternatives: the first whose conditions hold and that has not passed
/// <see cref="Until"/> is taken; a row is passed over when as many doses as its number have counted.
/// </summary>
/// <param name="Also">Vaccines that count as well.</param>
/// <param name="ByLabel">Non-programme vaccines that count when given by their label: the row's age is not asked of them.</param>
/// <param name="Age">The least; birth where the sources state none.</param>
/// <param name="EarlierAge">The age that was enough for a dose given before a day.</param>
/// <param name="CompleteBefore">The age at which the dose is late.</param>
/// <param name="Until">The age from which this row is passed over.</param>
/// <param name="Line">In the file, counted from 1.</param>
public sealed record CourseRow(string Id, int Dose, IReadOnlyList<RowCondition> When, string Vaccine,
    IReadOnlyList<AlsoCounts> Also, IReadOnlyList<string> ByLabel,
    Period Age, EarlierAge? EarlierAge, Period? CompleteBefore, Period? Until, RowInterval? Interval, LocalText? Note, Standing Standing, int Line);

public sealed record EarlierAge(DateOnly GivenBefore, Period Age, Standing Standing);

public enum CountedAs : byte { Is, Under, AtLeast }

/// <summary>How many doses of these vaccines have counted so far in the course; of any when the list is empty.</summary>
public sealed record RowCondition(IReadOnlyList<string> Vaccines, CountedAs How, int Count);

/// <param name="From">The age from which it counts; null is the row's.</param>
public sealed record AlsoCounts(string Vaccine, Period? From);

/// <summary>Counted from the dose given that counted as dose <paramref name="FromDose"/>; not asked when none did.</summary>
/// <param name="AtMost">Later is late, and counts all the same (principle G2).</param>
public sealed record RowInterval(Period AtLeast, Period? AtMost, int FromDose);
