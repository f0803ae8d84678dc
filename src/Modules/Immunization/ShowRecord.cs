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

internal enum DueState
{
    Overdue,
    Due,
    Upcoming,
    Waiting,
    Barred,
    AgedOut,
    Complete,
}

/// <summary>Where a person stands in one programme.</summary>
/// <param name="Answer">Null when the programme is not for this person.</param>
/// <param name="Next">The row that is due; null when none is.</param>
internal sealed record ProgrammeStanding(Programme Programme, SeriesAnswer? Answer, DueState State, (Course Course, CourseRow Row)? Next)
{
    /// <summary>The programme's other courses that answer beside the one that stands.</summary>
    public IReadOnlyList<ProgrammeStanding> Also { get; init; } = [];
}

/// <summary>A dose and what each programme to which it belongs says of it.</summary>
internal sealed record DoseStanding(DoseRow Dose, int Place, IReadOnlyList<(Programme Programme, SeriesAnswer Answer, DoseAnswer Verdict)> Said);

/// <summary>A person's immunization page: every dose against the schedule, and what is due.</summary>
/// <param name="States">States of health that were not taken back; empty to whom they are closed, and then nothing here rests on them.</param>
/// <param name="StatesTold">Everything that was ever told of them, the latest first.</param>
internal sealed record RecordView(PersonCard Person, RuleBook Rules, DateOnly Today, IReadOnlyList<DoseStanding> Doses,
    IReadOnlyList<ProgrammeStanding> Programmes, IReadOnlyList<DoseRow> Told, IReadOnlyList<StateRow> States,
    IReadOnlyList<StateRow> StatesTold, FieldMask Mask)
{
    /// <summary>False where only the year or the month of birth is known: no programme answers then, and a dose is kept unweighed.</summary>
    public bool KnowsBirth => ShowRecord.BirthDay(Person) is not null;

    public bool StatesOpen => Mask.Allowed("health_state");

    /// <summary>What is due, one entry a shot: what one vaccine on one day gives to several programmes stands together.</summary>
    public List<List<ProgrammeStanding>> Due => [.. Programmes.Where(one => one.Next is not null)
        .GroupBy(one => (string.Join(' ', one.Answer!.RecommendedVaccines), one.Answer.Earliest, one.State)).Select(shot => shot.ToList())];

    public IEnumerable<StateRow> StatesToday => States.Where(state => state.HoldsOn(Today));
}

/// <summary>Puts a person's page together. The look is in the log before it is answered.</summary>
internal sealed class ShowRecord(Store store, IPersonCards persons, Reading reading, RuleBooks rules, StateRecords states, TimeProvider clock)
{
    /// <summary>The purpose under which a desk reads doses.</summary>
    public const string Purpose = "immunization";

    /// <returns>Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<RecordView>> Run(Actor actor, Permission permission, PersonId id, CancellationToken cancel) =>
        await View(actor, permission, Purpose, await persons.Open(actor, permission, id, cancel), clock.Today(), cancel);

    /// <summary>Of a child whom a clinic has before it, as the schedule stands on a day.</summary>
    public async Task<Outcome<RecordView>> ServedOn(Actor actor, Permission permission, string purpose, PersonId id, DateOnly on,
        CancellationToken cancel) => await View(actor, permission, purpose, await persons.OpenServed(id, cancel), on, cancel);

    /// <summary>The reader's own page, or that of a child in the reader's care.</summary>
    public Task<Outcome<RecordView>> Own(Actor actor, PersonId? id, CancellationToken cancel) => OwnOn(actor, id, clock.Today(), cancel);

    /// <summary>The same as the schedule will stand on a day.</summary>
    public async Task<Outcome<RecordView>> OwnOn(Actor actor, PersonId? id, DateOnly on, CancellationToken cancel) =>
        await View(actor, ImmunizationPermissions.Own,
            id is { } asked && asked.Value != actor.Person ? "guardianship" : "own_file", await persons.OpenOwn(actor, id, cancel), on, cancel);

    private async Task<Outcome<RecordView>> View(Actor actor, Permission permission, string purpose, Outcome<PersonCard> opened,
        DateOnly today, CancellationToken cancel)
    {
        if (!opened.Ok) return opened.Refusal!;
        var person = opened.Value;
        var logged = await reading.Of(actor, permission, purpose, [person.Id]);
        if (!logged.Ok) return logged.Refusal!;
        var mask = logged.Value.Of(person.IsChild);
        var ids = await persons.IdsNow(person.Id, cancel);
        // Where a state of health is closed the schedule answers as for everybody: a date or a reason would tell of it as well as its name.
        var statesOpen = mask.Allowed("health_state");
        var (doses, told, standing, all) = await store.ReadAsync(async session => (
            await DoseRow.InForceAsync(session, ids), await DoseRow.Told(session, ids),
            statesOpen ? await states.StandingAsync(session, ids) : [], statesOpen ? await states.AllAsync(session, ids) : []), cancel);
        return Answer(new RecordView(person, rules.On(today), today, [], [], told, standing, all, mask), doses);
    }

    /// <summary>The page as it would stand with one dose more.</summary>
    /// <param name="instead">The dose that it takes the place of; null when it comes to the others.</param>
    public static RecordView With(RecordView view, DoseTold told, long? instead) => Answer(view,
        [.. view.Doses.Select(one => one.Dose).Where(dose => dose.Id != instead)
        .Append(new DoseRow(0, view.Person.Id, DoseRow.Iso(told.On!.Value), told.Vaccine, told.Lot, told.Site, told.Clinic, told.Province,
            told.Evidence, told.Note, null, 0, "", default))]);

    /// <summary>Where a person stands in each programme, what is most pressing first, for a page whose own look is in the log.
    /// Null when the birth is not known to the day.</summary>
    /// <param name="statesOpen">Without them the schedule answers as for everybody.</param>
    public async Task<(RuleBook Rules, IReadOnlyList<ProgrammeStanding> Programmes, int Doses)?> Standing(PersonCard person, bool statesOpen,
        CancellationToken cancel)
    {
        if (BirthDay(person) is null) return null;
        var ids = await persons.IdsNow(person.Id, cancel);
        var (doses, standing) = await store.ReadAsync(
            async session => (await DoseRow.InForceAsync(session, ids), statesOpen ? await states.StandingAsync(session, ids) : []), cancel);
        var today = clock.Today();
        var book = rules.On(today);
        return (book, Programmes(person, book, today, doses, standing), doses.Count);
    }

    private static List<ProgrammeStanding> Programmes(PersonCard person, RuleBook book, DateOnly today,
        List<DoseRow> doses, IReadOnlyList<StateRow> states)
    {
        // Every age and interval of the schedule counts from the day of birth: a guessed one would tell a date that is wrong.
        if (BirthDay(person) is not { } born) return [];
        var forecast = book.Engine.Forecast(new Patient(born, SexOf(person), doses.ConvertAll(dose => dose.AsGiven),
            [.. states.Select(state => state.AsMade)]), today, explain: true);
        return [.. book.Book.Programmes.Select(programme => Of(book.Book, programme, forecast, today))
            .OrderBy(one => one.State).ThenBy(one => one.Answer?.Earliest ?? DateOnly.MaxValue)];
    }

    private static RecordView Answer(RecordView view, List<DoseRow> doses)
    {
        var programmes = Programmes(view.Person, view.Rules, view.Today, doses, view.States);
        var standings = doses.Select((dose, place) => new DoseStanding(dose, place, [.. from programme in programmes
                                                                                       where programme.Answer is not null
                                                                                       from verdict in programme.Answer!.Doses
                                                                                       where verdict.Dose == place
                                                                                       select (programme.Programme, programme.Answer!, verdict)]))
            .ToList();
        return view with { Doses = standings, Programmes = programmes };
    }

    internal static DateOnly? BirthDay(PersonCard person) => person.Birth is { IsKnown: true, Day: > 0 } birth ? birth.Earliest : null;

    /// <summary>The first day on which the person can have been born; of what lies before it, it is certain that it cannot be.</summary>
    internal static DateOnly FirstDay(PersonCard person) => person.Birth.IsKnown ? person.Birth.Earliest : DateOnly.MinValue;

    internal static Schedules.Sex SexOf(PersonCard person) => person.Sex switch
    {
        Kernel.Sex.Female => Schedules.Sex.Female,
        Kernel.Sex.Male => Schedules.Sex.Male,
        _ => Schedules.Sex.Unknown,
    };

    private static ProgrammeStanding Of(NationalBook book, Programme programme, PatientForecast forecast, DateOnly today) =>
        Of(book, programme, NationalAnswer.Of(forecast, programme.Id), today) with
        { Also = [.. NationalAnswer.Others(forecast, programme.Id).Select(other => Of(book, programme, other, today))] };

    private static ProgrammeStanding Of(NationalBook book, Programme programme, SeriesAnswer? answer, DateOnly today)
    {
        var state = answer?.Status switch
        {
            SeriesStatus.NotComplete => answer.PastDue < today ? DueState.Overdue : answer.Earliest <= today ? DueState.Due : DueState.Upcoming,
            SeriesStatus.Complete => DueState.Complete,
            SeriesStatus.Contraindicated => DueState.Barred,
            SeriesStatus.AgedOut => DueState.AgedOut,
            _ => DueState.Waiting,
        };
        var next = answer is { Status: SeriesStatus.NotComplete, Clause: { } clause } && book.Row(clause.Id) is { } row
            ? (row.Course, row.Row) : ((Course, CourseRow)?)null;
        return new ProgrammeStanding(programme, answer, state, next);
    }
}
