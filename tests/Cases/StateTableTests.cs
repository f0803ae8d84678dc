using Legwork.Cases.Acts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Cases.Tests;

/// <summary>Every act in every state by every role. An act that is new and not in the table fails here.</summary>
public class StateTableTests
{
    // Whoever the sample's settings act as.
    private static readonly Guid Someone = Office.Person("someone").Account;

    // Who: g grid worker, c clerk, s supervisor (o officer, a auditor, z citizen and administrator may nothing). Where: u unassigned, o open,
    // p paused, a answered, c closed, w withdrawn.
    private static readonly Dictionary<string, (CaseAct Act, string Who, string Where)> Table = new()
    {
        ["assigned"] = (new AssignCase("540102006001-G09", Guid.Empty), "s", "uo"),
        ["handed_over"] = (new HandOverCase("540102008", "lives there"), "s", "uo"),
        ["grid_changed"] = (new MoveWithGrid("540102006001-G09"), "s", "uopa"),
        ["called"] = (new RecordCall(CallOutcome.NoAnswer, null, ""), "gc", "o"),
        ["visited"] = (new RecordVisit(VisitOutcome.NotHome, null, ""), "gc", "o"),
        ["answered"] = (new GiveAnswer("lives_here", new Dictionary<string, string>(), ""), "gc", "o"),
        ["noted"] = (new NoteOnCase("a note"), "gcs", "uopacw"),
        ["evidence_added"] = (new AddEvidence(Sample.Piece(), ""), "gc", "o"),
        ["asked"] = (new AskSupervisor(Request.Pause, "the house is being built"), "gc", "o"),
        ["declined"] = (new DeclineRequest("ask the neighbours first"), "s", "o"),
        ["paused"] = (new PauseCase("the house is being built"), "s", "o"),
        ["resumed"] = (new ResumeCase("the house stands"), "s", "p"),
        ["extended"] = (new ExtendDue(new DateOnly(2027, 1, 4), "snow"), "s", "uo"),
        ["returned"] = (new ReturnCase("not my grid"), "gc", "o"),
        ["verified"] = (new VerifyAnswer(""), "cs", "a"),
        ["sent_back"] = (new SendBack("which neighbour said so?"), "cs", "a"),
        ["reopened"] = (new ReopenCase("the neighbour was wrong"), "s", "c"),
        ["taken_back"] = (new TakeBack(new StepBefore("called", Someone, Sample.Now, Misses.None, Stage.Call)), "gc", "oa"),
        ["verification_taken_back"] = (new TakeBackVerification(Someone, Sample.Now), "cs", "c"),
        ["withdrawn"] = (new WithdrawCase("stands in the new list"), "s", "uopa"),
    };

    private static readonly Dictionary<char, CaseState> States = new()
    {
        ['u'] = CaseState.Unassigned,
        ['o'] = CaseState.Open,
        ['p'] = CaseState.Paused,
        ['a'] = CaseState.Answered,
        ['c'] = CaseState.Closed,
        ['w'] = CaseState.Withdrawn,
    };

    public static TheoryData<string> Acts => [.. Table.Keys];

    [Fact]
    public void The_table_names_every_act_there_is()
    {
        var acts = typeof(CaseAct).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CaseAct))).ToList();
        Table.Values.Select(row => row.Act.GetType()).ShouldBe(acts, ignoreOrder: true);
        Table.ShouldAllBe(row => row.Key == row.Value.Act.Code);
    }

    [Theory, MemberData(nameof(Acts))]
    public void An_act_is_possible_in_the_states_of_the_table_and_in_no_other(string act)
    {
        foreach (var (letter, state) in States)
        {
            var outcome = Table[act].Act.On(Sample.Of(state), Sample.Setting(Table[act].Who.Contains('s') ? Role.Supervisor : Role.GridWorker));
            var refusedForState = outcome.Refusal?.Code == "cases.state";
            refusedForState.ShouldBe(!Table[act].Where.Contains(letter), $"{act} in {state}: {outcome.Refusal}");
            if (act is not "visited" && !refusedForState)
                (outcome.Ok || outcome.Refusal!.Code == "cases.nothing_asked").ShouldBeTrue($"{act} in {state}: {outcome.Refusal}");
        }
    }

    internal static IReadOnlyList<Role> Roles { get; } =
        [Role.Citizen, Role.GridWorker, Role.Clerk, Role.Supervisor, Role.Officer, Role.Auditor, Role.Administrator, new("Vaccinator")];

    [Theory, MemberData(nameof(Acts))]
    public void An_act_is_open_to_the_roles_of_the_table_and_to_no_other(string act)
    {
        var roles = Roles.Where(role => Office.TheRules["empty_registration"].Access[Table[act].Act.Right].Admits(role));
        string.Concat(roles.Select(role => role == Role.GridWorker ? "g" : role == Role.Clerk ? "c" : role == Role.Supervisor ? "s" : "?"))
            .ShouldBe(Table[act].Who);
    }

    [Theory, MemberData(nameof(Acts))]
    public void An_act_moves_the_case_one_version_on_and_tells_an_event(string act)
    {
        var before = Sample.Of(States[Table[act].Where[0]]) with { Asked = new Asked(Request.Pause, Guid.NewGuid(), "why") };
        if (act is "asked") before = before with { Asked = null };
        if (act is "visited") before = before with { Stage = Stage.Visit };
        var step = Table[act].Act.On(before, Sample.Setting(Table[act].Who.Contains('s') ? Role.Supervisor : Role.GridWorker)).Value;
        step.After.Version.ShouldBe(before.Version + 1);
        step.Events.ShouldNotBeEmpty();
        step.Events.ShouldAllBe(kind => kind.StartsWith("cases."));
        (step.After.Id, step.After.Subject, step.After.Origin,
            step.After.OpenedAt).ShouldBe((before.Id, before.Subject, before.Origin, before.OpenedAt));
    }
}

/// <summary>Cases in any state and the settings around them, without a storage.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.FromHours(8));

    public static Case Of(CaseState state, string kind = "empty_registration", string stage = Stage.Call)
    {
        var asked = Office.Asked(kind, reachable: true);
        var opened = Opening.Decide(asked, Office.TheRules[kind], Office.TheCalendar, Now.AddDays(-3)).Value.After;
        var answered = state is CaseState.Answered or CaseState.Closed;
        return opened with
        {
            State = state,
            Stage = stage,
            PausedAt = state == CaseState.Paused ? Now.AddDays(-1) : null,
            ClosedAt = opened.IsOver ? Now : null,
            Answer = answered ? "lives_here" : "",
            Result = answered ? "lives_here" : "",
            AnsweredBy = answered ? Office.Worker.Account : Guid.Empty,
            Handlers = answered ? [new Handler(Office.Worker.Account, "GridWorker@" + Office.Grid)] : [],
        };
    }

    public static Setting Setting(Role role, string kind = "empty_registration", string name = "someone", DateTimeOffset? now = null) =>
        new(new Worker(Office.Person(name).Account, name, role, $"{role}@somewhere"), Office.TheRules[kind], Office.TheCalendar, now ?? Now);

    public static StoredEvidence Piece(EvidenceKind kind = EvidenceKind.Photo, int size = 100) =>
        new(Guid.NewGuid(), kind, "image/jpeg", new byte[size], "digest");

    public static IReadOnlyDictionary<string, string> Details(params (string Key, string Value)[] details) =>
        details.ToDictionary(detail => detail.Key, detail => detail.Value);
}
