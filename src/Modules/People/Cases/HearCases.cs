using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Matching;
using Legwork.Platform.Storage;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.People.Cases;

/// <summary>
/// What People does when a person's case was closed, reopened or withdrawn: first the result, then what the citizen asked, and at last the
/// file follows. What is older than the last thing heard of a case is ignored: the newer one has said how the case stands.
/// </summary>
internal sealed class HearCases(HearResults results, HearCorrection corrections, RenewFiles renew)
{
    private const string Module = "people";

    // The ear is asked for when an event comes: the outbox is itself part of what it needs.
    public static EventHandler Closed(Func<HearCases> ear) => On(CaseEvents.Closed, (session, result, of) => ear().Close(session, result, of));

    public static EventHandler Reopened(Func<HearCases> ear) => On(CaseEvents.Reopened, (session, result, of) => ear().Reopen(session, result, of));

    public static EventHandler Withdrawn(Func<HearCases> ear) => On(CaseEvents.Withdrawn, (session, result, _) => ear().Withdraw(session, result));

    private static EventHandler On(string kind, Action<Session, CaseResult, PersonId> hear) => new(Module, kind, (session, row) =>
    {
        var result = row.Read<CaseResult>();
        if (PersonSubject.TryParse(result.Subject, out var person) && IsNews(session, result)) hear(session, result, person);
    });

    private void Close(Session session, CaseResult result, PersonId person)
    {
        results.Close(session, result, person);
        corrections.Answer(session, result);
        if (FileRow.Current(session, person) is { } file) renew.Run(session, file.Id);
    }

    private void Reopen(Session session, CaseResult result, PersonId person)
    {
        var file = FileRow.Current(session, person)?.Id ?? person;
        HearResults.Reopen(session, result, file);
        corrections.Reopen(session, result);
        renew.Run(session, file);
    }

    private void Withdraw(Session session, CaseResult result) => corrections.Withdraw(session, result);

    private static bool IsNews(Session session, CaseResult result) => session.Prepared("""
        insert into people_heard (case_id, version) values (@p0, @p1)
        on conflict (case_id) do update set version = excluded.version where people_heard.version < excluded.version
        """).With(result.CaseId.Value, result.Version).Execute() == 1;
}
