using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>
/// A verified result becomes part of the file by itself: a statement with the case as its evidence, hanging on the row that raised the
/// question, and the finding closes; a promise leaves it open. Insurance is never ended here: what may end an entitlement was verified by a
/// second person, and the ending itself comes with the insurance office's next list.
/// </summary>
internal sealed class HearResults(NumberVault vault)
{
    /// <summary>The result no longer holds: the finding is open again, and what the case had stated is withdrawn from the file.</summary>
    public static void Reopen(Session session, CaseResult result, PersonId file)
    {
        session.Execute("update people_finding set state = 'open', closed_at = null, closed_why = '' where case_id = @id and state = 'answered'",
            new { id = result.CaseId });
        session.Execute("""
            update people_statement set withdrawn_at = @At, withdrawn_by = @By
            where source = 'case' and withdrawn_at is null and lineage in (select lineage from people_member where file = @file)
            and (evidence = @evidence or evidence like @more)
            """, new { result.At, result.By, file, evidence = $"case {result.CaseId}", more = $"case {result.CaseId} (%" });
    }

    public void Close(Session session, CaseResult result, PersonId file)
    {
        if (CaseResults.Settles(result.Result)) session.Execute("""
            update people_finding set state = 'answered', closed_at = @at, closed_why = @why where case_id = @id and state = 'open'
            """, new { at = result.At, why = result.Result, id = result.CaseId });
        if (Stated(result) is not { } stated) return;
        var lineage = session.Scalar<long?>($"""
            select min(r.lineage) from people_finding f join people_member m on m.file = f.file join people_record r on r.lineage = m.lineage
            where f.case_id = @id and r.source = f.source and {LiveRecords.NotEnded}
            """, new { id = result.CaseId })
            ?? session.Scalar<long?>("select min(lineage) from people_member where file = @file", new { file });
        if (lineage is null) return;
        var isNumber = stated.Field == "number";
        session.Execute("""
            insert into people_statement (lineage, field, value, sealed, source, evidence, account, learned_at, true_from)
            select @lineage, @Field, @value, @isSealed, 'case', @evidence, @AnsweredBy, @at, @from where not exists (
                select 1 from people_statement where lineage = @lineage and field = @Field and evidence = @evidence and learned_at = @at)
            """, new
        {
            lineage,
            stated.Field,
            value = isNumber ? Convert.ToBase64String(vault.Seal(stated.Value)) : stated.Value,
            isSealed = isNumber ? 1L : 0L,
            evidence = $"case {result.CaseId}" + (result.Evidence.Count > 0 ? $" ({string.Join(", ", result.Evidence)})" : ""),
            result.AnsweredBy,
            at = result.At,
            from = result.Details.GetValueOrDefault("date")
                ?? Calendar.DayOf(result.At).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Which attribute a result speaks of, and what it says.</summary>
    private static (string Field, string Value)? Stated(CaseResult result) => result.Result switch
    {
        CaseResults.LivesHere => ("lives_in", result.Place),
        CaseResults.MovedAway => ("residence_state", "moved_away"),
        CaseResults.NotHere => ("residence_state", "not_here"),
        CaseResults.EmptyConfirmed => ("residence_state", "empty_registration"),
        CaseResults.AwayLawfully => ("residence_state", "away"),
        CaseResults.Dead => ("died_on", result.Details.GetValueOrDefault("date") ?? "yes"),
        CaseResults.Alive => ("alive", "yes"),
        CaseResults.NumberConfirmed => ("number_confirmed", "yes"),
        CaseResults.NumberCorrected when result.Details.TryGetValue("number", out var number) => ("number", ResidentNumber.Normalise(number)),
        CaseResults.BirthCorrected when result.Details.TryGetValue("date", out var birth) => ("birth", birth),
        CaseResults.BirthConfirmed => ("birth_confirmed", "yes"),
        CaseResults.WillInsure => (Intent.Field, Intent.Promise(result.Details.GetValueOrDefault("by_date"))),
        CaseResults.Hardship => (Intent.Field, "hardship"),
        CaseResults.Unwilling => (Intent.Field, "unwilling"),
        CaseResults.InsuredThere or CaseResults.KeepThere =>
            ("insured_elsewhere", result.Details.GetValueOrDefault("text") ?? result.Details.GetValueOrDefault("place") ?? "yes"),
        CaseResults.KeepHere or CaseResults.NotInsuredThere => ("insured_elsewhere", "no"),
        CaseResults.KeepFirst => ("insurance_kept", "first"),
        CaseResults.KeepSecond => ("insurance_kept", "second"),
        CaseResults.OnePerson => ("identity", "one_person"),
        CaseResults.TwoPersons => ("identity", "two_persons"),
        _ => null,
    };
}
