using Legwork.Platform.Access;

namespace Legwork.Cases.Rules;

/// <summary>How the work of a stage reaches its subject, from the gentlest on.</summary>
internal enum Way
{
    /// <summary>Papers and data compared at a desk; what the machine could match never became a case.</summary>
    Desk = 1,

    /// <summary>Passed over where no number is known.</summary>
    Telephone = 2,

    /// <summary>Where the subject is: a stop of the day of whoever works there.</summary>
    Door = 3,
}

internal enum Priority
{
    High = 1,
    Normal = 2,
    Low = 3,
}

internal enum AnswerStyle
{
    Plain = 1,
    Good = 2,
    Grave = 3,
    Quiet = 4,
}

internal enum EvidenceKind
{
    Photo = 1,
    Signature = 2,
    Document = 3,

    /// <summary>Tries on enough different days without reaching anyone; counted, never uploaded.</summary>
    Attempts = 4,
}

internal enum DetailKind
{
    /// <summary>A day, month or year, not in the future.</summary>
    Date = 1,

    /// <summary>A day from now on.</summary>
    ByDate = 2,

    /// <summary>A place code of the district, down to a grid if known.</summary>
    Place = 3,
    Name = 4,

    /// <summary>A resident number with a right check digit.</summary>
    Number = 5,
    Text = 6,
}

/// <summary>One step of the work: where it happens, who acts in it, how often one tries and how far apart.</summary>
/// <param name="ReadFor">Purpose under which whoever acts in it reads of the subject; empty: as at a desk.</param>
/// <param name="Name">What the stage is called, such as "call".</param>
/// <param name="Waiting">Above the queue of whoever is to act in it.</param>
internal sealed record StageRule(string Stage, Way Way, IReadOnlySet<Role> By, int AttemptsMax, TimeLimit Between,
    string ReadFor, Wording Name, Wording Waiting);

/// <summary>Codes of the closed list of purposes under which a subject is read; empty where the subject is nobody.</summary>
/// <param name="Day">On a worker's day.</param>
/// <param name="Desk">On the case's page, handling, verifying and steering.</param>
internal sealed record CasePurposes(string Day, string Desk)
{
    public static readonly CasePurposes None = new("", "");
}

/// <summary>How many tries, and on how many different days, count as evidence that nobody is reached.</summary>
internal sealed record AttemptsRule(int DaysMin, int VisitsMin)
{
    /// <summary>Where nobody is to be reached, tries prove nothing.</summary>
    public static readonly AttemptsRule Never = new(int.MaxValue, int.MaxValue);
}

/// <summary>So many different kinds of evidence out of these.</summary>
internal sealed record EvidenceRule(IReadOnlyList<EvidenceKind> Of, int AtLeast)
{
    public static readonly EvidenceRule None = new([], 0);
}

internal sealed record DetailRule(DetailKind Kind, bool Required)
{
    public string Code => Words.Of(Kind);
}

/// <summary>One answer to a kind's question and what it leads to: a result, a later stage, or another grid.</summary>
/// <param name="Result">Empty when the answer leads on instead.</param>
/// <param name="LeadsTo">The later stage the case goes to.</param>
/// <param name="HandsOver">The case goes to the grid or place named in the answer.</param>
/// <param name="Stages">Where this answer can be given.</param>
internal sealed record AnswerRule(string Code, Wording Text, AnswerStyle Style, string Result, string? LeadsTo, bool HandsOver,
    IReadOnlySet<Role> VerifiedBy, EvidenceRule Evidence, IReadOnlyList<DetailRule> Asks, IReadOnlySet<string> Stages);

internal sealed record Citation(string Code, Wording Text, char Confidence);

internal sealed record CaseKind(string Code, Wording Name, Wording Question, Priority Priority, TimeLimit Limit, int AskAgainAfterDays,
    IReadOnlyList<StageRule> Stages, IReadOnlyList<AnswerRule> Answers, IReadOnlyList<Citation> Cites, AttemptsRule Attempts, CaseAccess Access,
    CasePurposes Purposes)
{
    /// <summary>The first stage that can be: without a telephone number there is no call.</summary>
    public string FirstStage(bool reachable) => (Stages.FirstOrDefault(stage => Possible(stage, reachable)) ?? Stages[^1]).Stage;

    public StageRule Rule(string stage) => Stages.First(rule => rule.Stage == stage);

    public Way WayOf(string stage) => Rule(stage).Way;

    public string? After(string stage, bool reachable) =>
        Stages.SkipWhile(rule => rule.Stage != stage).Skip(1).FirstOrDefault(rule => Possible(rule, reachable))?.Stage;

    public AnswerRule? Answer(string code) => Answers.FirstOrDefault(answer => answer.Code == code);

    private static bool Possible(StageRule stage, bool reachable) => reachable || stage.Way != Way.Telephone;
}

/// <summary>The closed lists above as they are written in rules, columns and addresses: <c>by_date</c> for <c>ByDate</c>.</summary>
internal static class Words
{
    public static string Of<TEnum>(TEnum word) where TEnum : struct, Enum => Written<TEnum>.Of[word];

    public static TEnum To<TEnum>(string written) where TEnum : struct, Enum => Written<TEnum>.To[written];

    public static bool TryTo<TEnum>(string written, out TEnum word) where TEnum : struct, Enum => Written<TEnum>.To.TryGetValue(written, out word);

    private static class Written<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Of = Enum.GetValues<TEnum>().ToDictionary(word => word, word => Snake(word.ToString()));
        public static readonly Dictionary<string, TEnum> To = Of.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        private static string Snake(string name) =>
            string.Concat(name.Select((letter, i) => (char.IsUpper(letter) && i > 0 ? "_" : "") + char.ToLowerInvariant(letter)));
    }
}
