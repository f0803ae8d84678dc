using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>The rows of clinics_visit and of its history.</summary>
internal static class VisitRows
{
    private const string Columns = """
        select id, clinic, day, minute, lane, person, child, called_as, party, products, state, number, room, mark, passes,
            ready_at, called_at, given_at, until_at,
            over_at, made_at, version from clinics_visit
        """;

    public static async Task<Visit?> FindAsync(Session session, Guid id) =>
        (await session.FirstAsync<Row>(Columns + " where id = @id", new { id }))?.Visit;

    public static Visit? Find(Session session, Guid id) => session.First<Row>(Columns + " where id = @id", new { id })?.Visit;

    /// <summary>Visits that a condition finds; its parameters are named.</summary>
    public static async Task<List<Visit>> WhereAsync(Session session, string condition, object args) =>
        (await session.QueryAsync<Row>($"{Columns} where {condition}", args)).ConvertAll(row => row.Visit);

    public static List<Visit> Where(Session session, string condition, object args) => Session.AtHand(WhereAsync(session, condition, args));

    /// <returns>False when the child has a booking already, made by whomever.</returns>
    public static bool Add(Session session, Visit visit, byte[]? telephone) => session.Execute("""
        insert into clinics_visit (id, clinic, day, minute, lane, person, child, called_as, party, products, state, number, room, mark, passes,
            made_at, telephone, version)
        values (@Id, @Clinic, @Day, @minute, @Lane, @Person, @child, @CalledAs, @Party, @products, @State, @number, '', 0, 0, @MadeAt, @telephone, 1)
        on conflict do nothing
        """, new
    {
        visit.Id,
        visit.Clinic,
        visit.Day,
        minute = (long?)visit.Minute,
        visit.Lane,
        visit.Person,
        child = visit.Child ? 1L : 0L,
        visit.CalledAs,
        visit.Party,
        products = string.Join(' ', visit.Products),
        visit.State,
        number = visit.Number == 0 ? (long?)null : visit.Number,
        visit.MadeAt,
        telephone,
    }) == 1;

    /// <returns>False when somebody else was quicker.</returns>
    public static bool Change(Session session, Visit after, long expected) => session.Execute("""
        update clinics_visit set lane = @Lane, products = @products, state = @State, number = @number, room = @Room, mark = @Mark, passes = @passes,
            ready_at = @ReadyAt, called_at = @CalledAt, given_at = @GivenAt, until_at = @UntilAt, over_at = @OverAt, version = @version
        where id = @Id and version = @expected
        """, new
    {
        after.Id,
        after.Lane,
        products = string.Join(' ', after.Products),
        after.State,
        number = after.Number == 0 ? (long?)null : after.Number,
        after.Room,
        after.Mark,
        passes = (long)after.Passes,
        after.ReadyAt,
        after.CalledAt,
        after.GivenAt,
        after.UntilAt,
        after.OverAt,
        version = expected + 1,
        expected,
    }) == 1;

    public static void AddAct(Session session, Visit before, VisitStep step, Actor actor, At at, byte[]? told, DateTimeOffset learnedAt, Guid? key) =>
        session.Execute("""
            insert into clinics_act (visit, step, act, room, note, told, was, takes_back, account, actor, done_at, learned_at, key)
            values (@Id, @number, @Act, @Room, @Note, @told, @was, @TakesBack, @Account, @Name, @done, @learnedAt, @key)
            """, new
        {
            before.Id,
            number = before.Version + 1,
            step.Act,
            at.Room,
            step.Note,
            told,
            was = Stand.Of(before).Written(),
            step.TakesBack,
            actor.Account,
            actor.Name,
            done = at.Now,
            learnedAt,
            key,
        });

    /// <summary>What was done to a visit, the first of it first.</summary>
    public static Task<List<ActRow>> ActsAsync(Session session, Guid visit) => session.QueryAsync<ActRow>("""
        select step, act, room, note, told, was, takes_back, account, actor, done_at, learned_at from clinics_act where visit = @visit order by step
        """, new { visit });

    public static bool Taken(Session session, Guid key) => session.Scalar<long>("select count(*) from clinics_act where key = @key", new { key }) > 0;

    private sealed record Row(Guid Id, string Clinic, DateOnly Day, long? Minute, string Lane, PersonId Person, long Child,
        string CalledAs, Guid Party,
        string Products, string State, long? Number, string Room, long Mark, long Passes, DateTimeOffset? ReadyAt,
        DateTimeOffset? CalledAt, DateTimeOffset? GivenAt,
        DateTimeOffset? UntilAt, DateTimeOffset? OverAt, DateTimeOffset MadeAt, long Version)
    {
        public Visit Visit => new(Id, Clinic, Day, (int?)Minute, Lane, Person, Child == 1, CalledAs, Party,
            Products.Split(' ', StringSplitOptions.RemoveEmptyEntries), State, (int)(Number ?? 0), Room, Mark, (int)Passes,
            ReadyAt, CalledAt, GivenAt,
            UntilAt, OverAt, MadeAt, Version);
    }
}

/// <param name="Step">The visit's version after it.</param>
internal sealed record ActRow(long Step, string Act, string Room, string Note, byte[]? Told, string Was, long? TakesBack, Guid Account, string Actor,
    DateTimeOffset DoneAt, DateTimeOffset LearnedAt);
