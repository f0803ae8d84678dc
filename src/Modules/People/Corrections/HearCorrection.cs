using Legwork.Cases.Contracts;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Corrections;

/// <summary>The verified answer to a request becomes what the person sees, and, when it was accepted, a statement on the row in question.</summary>
internal sealed class HearCorrection(NumberVault vault, DistrictLists lists, StateValue stating, ValuesInForce values,
    IEnumerable<IMessages> messages, Precedence precedence, TimeProvider clock)
{
    public void Answer(Session session, CaseResult result)
    {
        if (Asked(session, result) is not { } asked) return;
        // Heard before by a version of this program that heard results, answers and files apart.
        if (asked.AnsweredAt?.ToUnixTimeMilliseconds() == result.At.ToUnixTimeMilliseconds()) return;
        var accepted = result.Result == CaseResults.CorrectionAccepted;
        session.Execute("update people_correction set state = @state, answered_at = @At, answer = @answer where id = @Id",
            new { state = accepted ? "accepted" : "refused", result.At, answer = result.Details.GetValueOrDefault("text") ?? "", asked.Id });
        Tell(session, asked, accepted, result);
        if (!accepted || Row(session, asked) is not { } lineage) return;
        stating.Keep(session, lineage, new Stating(asked.Field, asked.Value, "certificate", "", ""), asked.Value, "citizen",
            new Actor(result.By, "", "", []), result.At);
    }

    /// <summary>The answer was taken back: the request waits again, and what it had put into the file is withdrawn.</summary>
    public void Reopen(Session session, CaseResult result)
    {
        if (Asked(session, result) is not { AnsweredAt: { } answered } asked) return;
        session.Execute("""
            update people_statement set withdrawn_at = @At, withdrawn_by = @By
            where source = 'citizen' and field = @Field and learned_at = @answered and withdrawn_at is null
            and lineage in (select lineage from people_member where file = @file)
            """, new { result.At, result.By, asked.Field, answered, file = FileRow.Current(session, asked.File)?.Id ?? asked.File });
        session.Execute("update people_correction set state = 'asked', answered_at = null, answer = '' where id = @Id", new { asked.Id });
        messages.FirstOrDefault()?.Withdraw(session, About(asked, answered));
    }

    public void Withdraw(Session session, CaseResult result)
    {
        if (Asked(session, result) is { } asked)
            session.Execute("update people_correction set state = 'withdrawn', answered_at = @At where id = @Id", new { result.At, asked.Id });
    }

    /// <summary>Whoever asked learns that there is an answer; what it says stands on the own page, not in a short message.</summary>
    private void Tell(Session session, Correction asked, bool accepted, CaseResult result)
    {
        if (FileRow.Current(session, asked.File) is not { } file) return;
        messages.FirstOrDefault()?.Tell(session, new Message("correction_answered", PersonSubject.Of(file.Id), About(asked, result.At),
            file.Lives.Length > 0 ? file.Lives : file.Registered.Length > 0 ? file.Registered : result.Place,
            [Word.Called(precedence[asked.Field].Names["zh"]), Word.Text(accepted ? "people.correction.accepted" : "people.correction.refused")]));
    }

    /// <summary>An answer, until it is taken back: the next one is told anew.</summary>
    private static string About(Correction asked, DateTimeOffset at) => $"people/correction/{asked.Id}/{at.ToUnixTimeMilliseconds()}";

    private Correction? Asked(Session session, CaseResult result) =>
        result.Origin.StartsWith(AskedCorrections.OriginPrefix, StringComparison.Ordinal)
            && Guid.TryParse(result.Origin.AsSpan(AskedCorrections.OriginPrefix.Length), out var id)
            ? AskedCorrections.Find(session, vault, id) : null;

    /// <summary>The row whose value is in force, on the file that the person's file is today.</summary>
    private long? Row(Session session, Correction asked)
    {
        if (FileRow.Current(session, asked.File) is not { } file) return null;
        var now = clock.GetUtcNow();
        var facts = FileFacts.Load(session, vault, lists, file.Id);
        var held = values.Of(facts, now, FileFacts.LocalDay(now));
        return (held.FirstOrDefault(value => value.Rule.Code == asked.Field) ?? (held.Count > 0 ? held[0] : null))?.Best.Lineage;
    }
}
