using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Corrections;

/// <param name="Field">Code of an attribute that may be stated.</param>
/// <param name="Evidence">A code of <see cref="StateValue.EvidenceKinds"/>.</param>
/// <param name="TrueFrom">Since when it is true, ISO, may be vague or empty.</param>
/// <param name="Lineage">The row it corrects; null is the one whose value is in force.</param>
internal sealed record Stating(string Field, string Value, string Evidence, string Note, string TrueFrom, long? Lineage = null);

/// <summary>
/// A clerk states on evidence what a list has wrong. The statement hangs on the row that it corrects and goes wherever that row goes,
/// so merging, splitting and undoing never leave it on another person's file.
/// </summary>
internal sealed class StateValue(Store store, NumberVault vault, DistrictLists lists, Precedence precedence,
    ValuesInForce values, RenewFiles renew, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> EvidenceKinds = ["id_card", "household_book", "birth_certificate",
        "court", "certificate", "visit", "other"];

    public const int NoteLengthMax = 500;

    /// <returns>The statement. Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>, <c>people.statement.*</c>.</returns>
    public async Task<Outcome<long>> Run(Actor actor, PersonId id, Stating asked)
    {
        var now = clock.GetUtcNow();
        var checkedValue = Check(asked, FileFacts.LocalDay(now));
        if (!checkedValue.Ok) return checkedValue.Refusal!;
        return await store.Write<Outcome<long>>(session =>
        {
            var opened = FileRow.Open(session, actor, PeoplePermissions.Correct, id);
            if (!opened.Ok) return opened.Refusal!;
            var lineage = LineageOf(session, id, asked, now);
            if (lineage is null) return Refusal.Of("people.statement.no_row", "This file has no row that could be corrected.");
            var statement = Keep(session, lineage.Value, asked, checkedValue.Value, "clerk", actor, now);
            renew.Run(session, id);
            return statement;
        });
    }

    /// <summary>Takes a statement back; the lists hold again, and the history keeps both.</summary>
    public Task<Outcome<Done>> Withdraw(Actor actor, PersonId id, long statement) => store.Write<Outcome<Done>>(session =>
    {
        var may = Session.AtHand(MayWithdraw(session, actor, id, statement));
        if (!may.Ok) return may;
        session.Execute("update people_statement set withdrawn_at = @at, withdrawn_by = @Account where id = @statement and withdrawn_at is null",
            new { at = clock.GetUtcNow(), actor.Account, statement });
        renew.Run(session, id);
        return Done.It;
    });

    /// <summary>What <see cref="Withdraw"/> would say, for the page that asks first.</summary>
    public Task<Outcome<Done>> MayWithdraw(Actor actor, PersonId id, long statement, CancellationToken cancel) =>
        store.ReadAsync(session => MayWithdraw(session, actor, id, statement), cancel);

    private static async Task<Outcome<Done>> MayWithdraw(Session session, Actor actor, PersonId id, long statement)
    {
        var opened = await FileRow.OpenAsync(session, actor, PeoplePermissions.Correct, id);
        if (!opened.Ok) return opened.Refusal!;
        return await session.SingleAsync<long>("""
            select count(*) from people_statement
            where id = @statement and withdrawn_at is null and lineage in (select lineage from people_member where file = @id)
            """, new { statement, id }) == 1 ? Done.It
            : Refusal.Of("people.statement.not_found", "This file has no such statement, or it was withdrawn already.");
    }

    /// <summary>Writes a statement that was checked; the caller renews the file.</summary>
    internal long Keep(Session session, long lineage, Stating asked, string value, string source, Actor actor, DateTimeOffset now)
    {
        var seal = asked.Field == "number";
        return session.Scalar<long>("""
            insert into people_statement (lineage, field, value, sealed, token, source, evidence, note, account, actor, learned_at, true_from)
            values (@lineage, @Field, @value, @seal, @token, @source, @Evidence, @Note, @Account, @Name, @now, @TrueFrom)
            returning id
            """, new
        {
            lineage,
            asked.Field,
            source,
            asked.Evidence,
            asked.Note,
            asked.TrueFrom,
            actor.Account,
            actor.Name,
            now,
            value = seal ? Convert.ToBase64String(vault.Seal(value)) : value,
            seal = seal ? 1L : 0L,
            token = seal ? vault.Token(value) : null,
        });
    }

    /// <returns>The value in its one form, or the refusal named for the field that is wrong.</returns>
    internal Outcome<string> Check(Stating asked, DateOnly today)
    {
        var value = ValueOf(asked.Field, asked.Value.Trim(), today);
        return Refusal.All(asked.Field.Length == 0 ? Refusal.Of("people.statement.which", "Choose which value is to be corrected.")
                : precedence.Find(asked.Field) is { MayBeStated: true } ? null : NotStated,
            value is null ? Refusal.Of(precedence.Find(asked.Field) is null ? "people.statement.value" : $"people.statement.{asked.Field}",
                "This is not a value of that kind.") : null,
            asked.TrueFrom.Length > 0 && (!VagueDate.TryParse(asked.TrueFrom, out var from) || from.Earliest > today)
                ? Refusal.Of("people.statement.true_from", "Write since when it is true, like 2026-10-31 or 2026, not later than today.") : null,
            EvidenceKinds.Contains(asked.Evidence) ? null : Refusal.Of("people.statement.evidence", "Say what evidence you have seen."),
            asked.Evidence == "other" && asked.Note.Length == 0 ? Refusal.Of("people.statement.note", "Describe the evidence.") : null) is { } wrong
            ? wrong : value!;
    }

    internal static readonly Refusal NotStated = Refusal.Of("people.statement.field", "This value cannot be stated; choose another.");

    /// <summary>The form in which a value is kept; null when it is not one.</summary>
    private static string? ValueOf(string field, string value, DateOnly today) => field switch
    {
        _ when value.Length is 0 or > 200 => null,
        "number" => ResidentNumber.TryParse(value, out var number) ? number.Reveal() : null,
        "birth" or "died_on" => VagueDate.TryParse(value, out var date) && date.Earliest <= today ? date.ToString() : null,
        "sex" => value switch { "male" or "男" or "ཕོ" => "male", "female" or "女" or "མོ" => "female", _ => null },
        "phone" => value.Count(char.IsAsciiDigit) is >= 5 and <= 20 && value.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ') ? value : null,
        "name_bo" => value.Any(c => c is >= '\u0f00' and <= '\u0fff') ? value : null,
        "name" or "former_name" => value.Length <= 60 && value.Any(char.IsLetter) && !value.Any(char.IsAsciiDigit) ? value : null,
        _ => value,
    };

    private long? LineageOf(Session session, PersonId id, Stating asked, DateTimeOffset now)
    {
        var facts = FileFacts.Load(session, vault, lists, id);
        var own = facts.LineagesOn(now);
        if (asked.Lineage is { } chosen) return own.Contains(chosen) ? chosen : null;
        var held = values.Of(facts, now, FileFacts.LocalDay(now));
        var best = held.FirstOrDefault(value => value.Rule.Code == asked.Field) ?? (held.Count > 0 ? held[0] : null);
        return best?.Best.Lineage ?? own.Order().Select(lineage => (long?)lineage).FirstOrDefault();
    }
}
