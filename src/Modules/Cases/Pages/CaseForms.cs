using System.Globalization;
using Legwork.Cases.Acts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases.Pages;

/// <summary>
/// The thin door between a form and an act: read the fields, do the act, go on to the next page; a refusal shows the page again with
/// what is wrong at the field that caused it.
/// </summary>
internal sealed class CaseForms(Store store, CaseDesk desk, CaseRules rules, LookAtCase look, DayPlan day,
    WorkingCalendar calendar, TimeProvider clock, T t)
{
    /// <summary>One act from one form, answered by the case's page.</summary>
    public async Task<IResult> Take(HttpContext http, Guid id, Func<CaseForm, Outcome<IReadOnlyList<CaseAct>>> acts)
    {
        var form = await CaseForm.Read(http.Request, calendar.Offset);
        var done = await Do(http.Actor(), id, form, acts);
        return done.Ok ? Onward(http, done.Value, form) : await Again(http, id, form, done.Refusal!);
    }

    /// <summary>An answer from its own page; wrong details bring that page again with what was typed.</summary>
    public async Task<IResult> TakeAnswer(HttpContext http, Guid id)
    {
        var form = await CaseForm.Read(http.Request, calendar.Offset);
        var done = await Do(http.Actor(), id, form, read =>
        {
            var pieces = read.Evidence();
            if (!pieces.Ok) return pieces.Refusal!;
            var details = Enum.GetValues<DetailKind>().Select(Words.Of).Where(code => read[code].Length > 0)
                .ToDictionary(code => code, code => read[code]);
            return Outcomes.Of([.. pieces.Value.Select(piece => new AddEvidence(piece, "")), new GiveAnswer(read["answer"], details, read["note"])]);
        });
        if (done.Ok) return Onward(http, done.Value, form);
        if (IsAboutTheCase(done.Refusal!)) return await Again(http, id, form, done.Refusal!);
        var view = await look.LookAtAnswer(http.Actor(), new CaseId(id), form["answer"], form.Back ?? $"/cases/{id}", t, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        return Page<AnswerPage>(done.Refusal!,
            new { View = view.Value, Errors = FormErrors.Of(t, code => AnswerFieldOf(code, view.Value), done.Refusal!), Given = form.Typed });
    }

    /// <summary>What is wrong with evidence of which one of several is wanted stands at all of them.</summary>
    private static string AnswerFieldOf(string code, AnswerView view) =>
        view.OneOf && code.StartsWith("cases.evidence", StringComparison.Ordinal) ? "evidence" : FieldOf(code);

    /// <summary>The question with its answers again, at the door or on the case's page, where it was sent without one.</summary>
    public async Task<IResult> AskAgain(HttpContext http, Guid id, string back, Refusal refusal)
    {
        var (actor, question) = (http.Actor(), QuestionForm.IdOf(id.ToString()));
        if (DayPlan.GroupOf(back) is { } group && await day.Stop(actor, group, t, http.RequestAborted) is { } stop
            && stop.Visits.Any(visit => visit.CaseId == id.ToString() && !visit.Done))
            return Page<StopPage>(refusal, new { View = stop, Errors = FormErrors.Of(t, question, refusal) });
        var view = await look.Look(actor, new CaseId(id), t, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var errors = FormErrors.Of(t, view.Value.Doors.Answer ? question : "main", refusal);
        return Page<CasePage>(refusal, new
        {
            View = view.Value,
            Today = calendar.DayOf(clock.GetUtcNow()),
            Refused = new RefusedForm("answer", errors, RefusedForm.None.Given),
        });
    }

    private async Task<Outcome<Case>> Do(Actor actor, Guid id, CaseForm form, Func<CaseForm, Outcome<IReadOnlyList<CaseAct>>> acts)
    {
        var read = acts(form);
        if (!read.Ok) return read.Refusal!;
        if (read.Value.Count == 0) return Refusal.Of("cases.evidence_none", "Add a photo, a document or a signature first.");
        return await desk.Do(actor, new CaseId(id), form.Version, read.Value);
    }

    private async Task<IResult> Again(HttpContext http, Guid id, CaseForm form, Refusal refusal)
    {
        var view = await look.Look(http.Actor(), new CaseId(id), t, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var verb = http.Request.Path.Value!.Split('/')[^1];
        var refused = new RefusedForm(verb, FormErrors.Of(t, FieldOf, refusal, IsAboutTheCase(refusal) ? "" : verb + "-"), form.Typed);
        return Page<CasePage>(refusal, new { View = view.Value, Today = calendar.DayOf(clock.GetUtcNow()), Refused = refused });
    }

    /// <summary>Back to where the worker came from; a case that went to another place is out of sight, and the list comes instead.</summary>
    private IResult Onward(HttpContext http, Case after, CaseForm form)
    {
        var actor = http.Actor();
        if (form.Back is { } back && back.StartsWith("/day", StringComparison.Ordinal))
            return Results.Redirect($"/day?done={after.Id}", permanent: false, preserveMethod: false);
        if (http.Request.Path.Value!.Split('/')[^1] is "verify" or "send-back")
            return Results.LocalRedirect($"{VerifyView.Address($"{after.Kind}:{after.Answer}")}&done={after.Id}");
        var seen = store.Read(session =>
            CaseScope.WorkersFor(session, actor, CaseRight.View, rules[after.Kind], after, clock.GetUtcNow()).Count > 0);
        return Results.LocalRedirect(seen ? $"/cases/{after.Id}?done={after.Id}" : actor.May(rules.Access[CaseRight.Day]) ? "/day" : "/queue");
    }

    internal static RazorComponentResult<TPage> Page<TPage>(Refusal refusal,
        object parameters) where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { StatusCode = Refusals.StatusOf(refusal) };

    // These say something of the case and not of the form; the case's own page shows what has become of it.
    private static bool IsAboutTheCase(Refusal refusal) => refusal.Code
        is "cases.stale" or "cases.state" or "cases.not_found" or "cases.out_of_scope" or "cases.stage_role" or "cases.answer";

    /// <summary>The field that a refusal is about, as its code says.</summary>
    private static string FieldOf(string code) => code switch
    {
        "cases.place" or "cases.detail_place" => "place",
        "cases.reason" or "cases.reason_long" => "reason",
        "cases.next_past" or "cases.next_late" or "cases.next_written" => "next",
        "cases.due_earlier" or "cases.due_late" or "cases.day" => "until",
        "cases.worker_unknown" => "worker",
        "cases.note_long" or "cases.note_empty" => "note",
        "cases.detail_date" => "date",
        "cases.detail_by_date" => "by_date",
        "cases.detail_number" => "number",
        "cases.detail_text" => "text",
        "cases.evidence_own_name" => "signatureTyped",
        _ when code.StartsWith("cases.evidence", StringComparison.Ordinal) => "photo",
        _ => "main",
    };
}

internal static class Outcomes
{
    public static Outcome<IReadOnlyList<CaseAct>> Of(params CaseAct[] acts) => acts;
}

/// <summary>The fields of a posted form; what is missing is empty.</summary>
internal sealed class CaseForm
{
    private readonly IFormCollection form;
    private readonly TimeSpan offset;
    private readonly Dictionary<string, byte[]> files;
    private readonly PlaceNames? places;

    private CaseForm(IFormCollection form, TimeSpan offset, Dictionary<string, byte[]> files, PlaceNames? places)
    {
        this.places = places;
        this.form = form;
        this.offset = offset;
        this.files = files;
    }

    /// <summary>What was written; of the place, its code.</summary>
    public string this[string field] => field == "place" && places is not null
        ? places.Coded(Written(field), Written(field + PlaceField.Chosen)) : Written(field);

    public long Version => long.TryParse(this["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>A page of this server to go back to, or null.</summary>
    public string? Back => ShellModule.IsLocal(this["back"]) ? this["back"] : null;

    public IReadOnlyDictionary<string, string> Typed => form.Keys.ToDictionary(key => key, key => form[key].ToString());

    private string Written(string field) => form[field].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();

    public static async Task<CaseForm> Read(HttpRequest request, TimeSpan offset)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in form.Files)
        {
            // One byte more than may be: enough to refuse it by its size without holding all of it.
            var bytes = new byte[Math.Min(file.Length, EvidenceIntake.BytesMax + 1)];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, request.HttpContext.RequestAborted);
            if (bytes.Length > 0) files[file.Name] = bytes;
        }
        return new CaseForm(form, offset, files, request.HttpContext.RequestServices.GetService<PlaceNames>());
    }

    public Outcome<DateTimeOffset?> Next() => TakeAnswers.NextOf(this["next"], offset);

    public Outcome<DateOnly> Day(string field) =>
        DateOnly.TryParseExact(this[field], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : Refusal.Of("cases.day", "Write a day such as 2026-12-31.") with { At = field };

    public Outcome<TEnum> Word<TEnum>(string field) where TEnum : struct, Enum => Words.TryTo<TEnum>(this[field], out var word)
        ? word : Refusal.Of("cases.choose", "Choose one of the answers.") with { At = field };

    /// <summary>The photo, the document and the signature (drawn, or typed by who cannot draw) that came with the form.</summary>
    public Outcome<IReadOnlyList<StoredEvidence>> Evidence()
    {
        var pieces = new List<Outcome<StoredEvidence>>();
        if (files.TryGetValue("photo", out var photo)) pieces.Add(EvidenceIntake.Take(EvidenceKind.Photo, photo));
        if (files.TryGetValue("document", out var document)) pieces.Add(EvidenceIntake.Take(EvidenceKind.Document, document));
        if (this["signatureImage"] is { Length: > 0 } drawn) pieces.Add(EvidenceIntake.TakeDataUrl(EvidenceKind.Signature, drawn));
        else if (this["signatureTyped"] is { Length: > 0 } typed) pieces.Add(EvidenceIntake.TakeTypedName(typed));
        return pieces.Find(piece => !piece.Ok) is { Refusal: { } refusal } ? refusal : pieces.ConvertAll(piece => piece.Value);
    }
}
