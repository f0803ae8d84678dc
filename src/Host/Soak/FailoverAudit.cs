using Legwork.People.Contracts;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Soak;

/// <summary>What lies in the storage in the end, held against everything that the visitors were told.</summary>
internal static class FailoverAudit
{
    public static List<SoakCase> Cases(Store store, int count) => store.Read(session => session.Query<CaseRow>(
            "select id, subject, version from cases_case where state = 'open' and subject like 'people/person/%' order by id"))
        .Select(row => (row.Id, row.Version, Person: PersonSubject.TryParse(row.Subject, out var person) ? person.Value : Guid.Empty))
        .DistinctBy(row => row.Person).Take(count).Select(row => new SoakCase(row.Id, row.Person, row.Version)).ToList();

    public static IReadOnlyList<string> Faults(Store store, string publicKey, IReadOnlyList<string> heads, IReadOnlyList<SoakCase> cases,
        IReadOnlyList<Operation> operations, IReadOnlyList<Looked> looks)
    {
        var verdict = LogVerdict.On(store, publicKey, heads);
        return [.. verdict.Faults, .. cases.SelectMany(@case => OfCase(store, @case, operations)), .. OfLooks(store, looks)];
    }

    /// <summary>Every acknowledged write is there once, upon the version that it was written for; what was refused is nowhere.</summary>
    private static IEnumerable<string> OfCase(Store store, SoakCase @case, IReadOnlyList<Operation> operations)
    {
        var (version, lines) = store.Snapshot(session => (
            session.Scalar<long>("select version from cases_case where id = @Id", new { @case.Id }),
            session.Query<Line>("select seq, note from cases_history where case_id = @Id order by seq", new { @case.Id })));
        var own = lines.Where(line => line.Note.StartsWith("soak-", StringComparison.Ordinal)).ToList();
        if (own.Count != version - @case.Version)
            yield return $"{@case.Register}: its version grew by {version - @case.Version}, its history by {own.Count}";
        if (lines.Select((line, i) => line.Seq - lines[0].Seq != i).Any(gap => gap)) yield return $"{@case.Register}: its history has a gap";
        var times = own.CountBy(line => line.Note).ToDictionary();
        foreach (var write in operations.Where(operation => operation.Asked == Asked.Write && operation.Register == @case.Register))
        {
            var found = times.GetValueOrDefault(write.Text);
            var wrong = write.Told switch { Told.Done => found != 1, Told.Unknown => found > 1, _ => found != 0 };
            if (wrong) yield return $"{@case.Register}: '{write.Text}' was answered with {write.Told} and is there {found} times";
        }
    }

    /// <summary>Every look that was shown is in the log; more are only where an answer did not come.</summary>
    private static IEnumerable<string> OfLooks(Store store, IReadOnlyList<Looked> looks)
    {
        var logged = store.Read(session => session.Query<LookRow>("""
            select a.sign_in as sign_in, s.person as person, count(*) as times from readlog_entry e
            join readlog_subject s on s.node = e.node and s.seq = e.seq join access_account a on a.id = e.account
            where e.act = 'cases.view' and a.sign_in like 'soak-%' group by a.sign_in, s.person
            """)).ToDictionary(row => (row.SignIn, row.Person), row => row.Times);
        foreach (var look in looks)
        {
            var times = logged.GetValueOrDefault((look.SignIn, look.Person));
            if (times < look.Shown || times > look.Shown + look.Perhaps)
                yield return $"{look.SignIn} was shown {look.Person} {look.Shown} times (and perhaps {look.Perhaps} more); the log has {times}";
        }
    }

    private sealed record CaseRow(Guid Id, string Subject, long Version);

    private sealed record Line(long Seq, string Note);

    private sealed record LookRow(string SignIn, Guid Person, long Times);
}
