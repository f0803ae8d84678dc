using Legwork.Cases.Acts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Cases.Pages;

/// <summary>Every address of Cases with its permission; the use cases behind them check the place.</summary>
internal static class CaseRoutes
{
    /// <param name="access">Whoever may for one kind or another; what a case's own kind says is checked behind.</param>
    public static void Map(IEndpointRouteBuilder routes, CaseAccess access)
    {
        MapDay(routes, access);
        MapCase(routes, access);
        MapActs(routes, access);
        MapSteering(routes, access);
        SubstituteRoutes.Map(routes, access[CaseRight.Steer]);
    }

    private static void MapDay(IEndpointRouteBuilder routes, CaseAccess access)
    {
        routes.MapGet("/day", Day).Requires(access[CaseRight.Day]);
        routes.MapGet("/day/{**group}", Stop).Requires(access[CaseRight.Day]);
        routes.MapPost("/day/{**group}", NotHome).Requires(access[CaseRight.Act]);
        // Whoever stood in for a worker this morning need not be one by now: each answer is judged by itself.
        routes.MapPost("/api/day/answers", Answers).Requires(Permission.OfEveryRole("cases.day_answers")).AnswersJson<DayResults>(
            "Takes answers that were given at doors, perhaps hours ago and without network; each is answered for itself.",
            refusals: ["cases.too_many", "cases.item"]);
    }

    private static void MapCase(IEndpointRouteBuilder routes, CaseAccess access)
    {
        routes.MapGet("/cases", List).Requires(access[CaseRight.List]);
        QueueRoutes.Map(routes, access);
        routes.MapGet("/cases/{id:guid}", Look).Requires(access[CaseRight.View]);
        routes.MapGet("/cases/{id:guid}/answer", Answer).Requires(access[CaseRight.Act]);
        routes.MapGet("/cases/{id:guid}/evidence/{piece:guid}", Evidence).Requires(access[CaseRight.Evidence]);
    }

    private static void MapActs(IEndpointRouteBuilder routes, CaseAccess access)
    {
        routes.MapPost("/cases/{id:guid}/answer", (HttpContext http, Guid id, CaseForms forms) => forms.TakeAnswer(http, id))
            .Requires(access[CaseRight.Act]);
        Act(routes, "call", access[CaseRight.Act],
            form => Try<CallOutcome>(form, (outcome, next) => new RecordCall(outcome, next, form["note"])));
        Act(routes, "visit", access[CaseRight.Act],
            form => Try<VisitOutcome>(form, (outcome, next) => new RecordVisit(outcome, next, form["note"])));
        Act(routes, "evidence", access[CaseRight.Act], form => form.Evidence()
            .Then(pieces => Outcomes.Of([.. pieces.Select(piece => new AddEvidence(piece, form["note"]))])));
        Act(routes, "ask", access[CaseRight.Act],
            form => WithReason(form, form.Word<Request>("what"), what => new AskSupervisor(what, form["reason"])));
        Act(routes, "return", access[CaseRight.Act], form => Outcomes.Of(new ReturnCase(form["reason"])));
        Act(routes, "note", access[CaseRight.View], form => Outcomes.Of(new NoteOnCase(form["note"])));
        Act(routes, "verify", access[CaseRight.Verify], form => Outcomes.Of(new VerifyAnswer(form["note"])));
        routes.MapPost("/cases/take-back", (HttpContext http, TakeBacks takeBacks) => takeBacks.Take(http)).Requires(access[CaseRight.View]);
        Act(routes, "send-back", access[CaseRight.Verify], form => Outcomes.Of(new SendBack(form["reason"])));
    }

    private static void MapSteering(IEndpointRouteBuilder routes, CaseAccess access)
    {
        routes.MapPost("/cases/{id:guid}/assign",
            (HttpContext http, Guid id, CaseForms forms, Store store, CaseRules rules, WorkingCalendar calendar, TimeProvider clock) =>
            forms.Take(http, id, form => Assign(store, rules, new CaseId(id), form, calendar.DayOf(clock.GetUtcNow()))))
            .Requires(access[CaseRight.Steer]);
        Act(routes, "hand-over", access[CaseRight.Steer], form => Outcomes.Of(new HandOverCase(form["place"], form["reason"])));
        Act(routes, "pause", access[CaseRight.Steer], form => Outcomes.Of(new PauseCase(form["reason"])));
        Act(routes, "resume", access[CaseRight.Steer], form => Outcomes.Of(new ResumeCase(form["reason"])));
        Act(routes, "extend", access[CaseRight.Steer],
            form => WithReason(form, form.Day("until"), until => new ExtendDue(until, form["reason"])));
        Act(routes, "decline", access[CaseRight.Steer], form => Outcomes.Of(new DeclineRequest(form["reason"])));
        Act(routes, "reopen", access[CaseRight.Steer], form => Outcomes.Of(new ReopenCase(form["reason"])));
    }

    private static void Act(IEndpointRouteBuilder routes, string verb, Permission permission, Func<CaseForm, Outcome<IReadOnlyList<CaseAct>>> acts) =>
        routes.MapPost($"/cases/{{id:guid}}/{verb}", (HttpContext http, Guid id, CaseForms forms) => forms.Take(http, id, acts)).Requires(permission);

    private static async Task<IResult> Day(HttpContext http, DayPlan day, TellDone tell, T t, string? done)
    {
        var view = await day.Of(http.Actor(), t, http.RequestAborted);
        var next = view.Data.Visits.FirstOrDefault(visit => !visit.Done) ?? view.Calls.Select(call => call.Call).FirstOrDefault(call => !call.Done);
        var onward = next is null ? new Crumb(t["done.next.none"], "/") : new Crumb(t["done.next", next.Address], next.Href);
        var told = await tell.Of(http.Actor(), done, "/day", onward, t, http.RequestAborted);
        return new RazorComponentResult<DayPage>(new { View = view, Done = told });
    }

    private static async Task<IResult> Stop(HttpContext http, DayPlan day, T t, string group) =>
        await day.Stop(http.Actor(), group, t, http.RequestAborted) is { } stop
            ? new RazorComponentResult<StopPage>(new { View = stop }) : NoStop.ToResult();

    private static async Task<IResult> Answers(HttpContext http, DayAnswers sent, TakeAnswers take, T t) =>
        (await take.Take(http.Actor(), sent, t)).ToResult();

    private static async Task<IResult> List(HttpContext http, CaseLists lists, WorkingCalendar calendar, TimeProvider clock, T t,
        PlaceNames places, [AsParameters] ListQuery query)
    {
        var filter = new CaseFilter(places.Coded(Bare(query.Place), Bare(query.PlaceChosen)), Bare(query.Kind), Bare(query.State),
            Bare(query.Stage), query.Page ?? 1);
        var view = await lists.List(http.Actor(), filter, t, http.RequestAborted);
        return new RazorComponentResult<CaseListPage>(new { View = view, Today = calendar.DayOf(clock.GetUtcNow()) });
    }

    private static async Task<IResult> Look(HttpContext http, Guid id, LookAtCase look, TellDone tell, WorkingCalendar calendar,
        TimeProvider clock, T t, string? done)
    {
        var view = await look.Look(http.Actor(), new CaseId(id), t, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var told = done is null ? null : await tell.Of(http.Actor(), done, $"/cases/{id}", null, t, http.RequestAborted);
        return new RazorComponentResult<CasePage>(new { View = view.Value, Today = calendar.DayOf(clock.GetUtcNow()), Done = told });
    }

    private static async Task<IResult> Answer(HttpContext http, Guid id, LookAtCase look, CaseForms forms, T t, string? answer, string? back)
    {
        var wayBack = ShellModule.IsLocal(back) ? back! : $"/cases/{id}";
        var view = await look.LookAtAnswer(http.Actor(), new CaseId(id), answer ?? "", wayBack, t, http.RequestAborted);
        if (view.Ok) return new RazorComponentResult<AnswerPage>(new { View = view.Value });
        return view.Refusal!.Code == "cases.answer" ? await forms.AskAgain(http, id, wayBack, view.Refusal) : view.Refusal.ToResult();
    }

    /// <summary>A call or a visit, with all that is wrong with how it ended and when the next is.</summary>
    private static Outcome<IReadOnlyList<CaseAct>> Try<TOutcome>(CaseForm form, Func<TOutcome, DateTimeOffset?, CaseAct> act)
        where TOutcome : struct, Enum
    {
        var (outcome, next) = (form.Word<TOutcome>("outcome"), form.Next());
        return Refusal.All(outcome.Refusal, next.Refusal) is { } wrong ? wrong : Outcomes.Of(act(outcome.Value, next.Value));
    }

    /// <summary>An act that judges its reason itself, unless the field beside it is wrong: then both are told.</summary>
    private static Outcome<IReadOnlyList<CaseAct>> WithReason<TField>(CaseForm form, Outcome<TField> field, Func<TField, CaseAct> act) =>
        field.Ok ? Outcomes.Of(act(field.Value)) : Refusal.All(field.Refusal, CaseAct.CheckReason(form["reason"]))!;

    private static Outcome<IReadOnlyList<CaseAct>> Assign(Store store, CaseRules rules, CaseId id, CaseForm form, DateOnly today)
    {
        // A place that is none lies in nobody's scope: that would be said before what is wrong.
        var noGrid = Place.IsCode(form["place"]) && Place.IsGrid(form["place"]) ? null : AssignCase.NoGrid;
        if (form["worker"].Length == 0) return noGrid is not null ? noGrid : Outcomes.Of(new AssignCase(form["place"], Guid.Empty));
        var worker = store.Read(session => CaseRows.Find(session, id) is { } @case
            ? DayWorkers.Find(session, rules[@case.Kind].Access.Roles(CaseRight.Day), form["worker"], today, form["place"]) : null);
        var nobody = worker is not null ? null
            : Refusal.Of("cases.worker_unknown", "No grid worker of that grid has this name, or several do: use the sign-in name.");
        return Refusal.All(noGrid, nobody) is { } wrong ? wrong : Outcomes.Of(new AssignCase(form["place"], worker!.Account));
    }

    /// <summary>A closed door: one try for each question of the household that is still open.</summary>
    private static async Task<IResult> NotHome(HttpContext http, string group, DayPlan day, CaseDesk desk, WorkingCalendar calendar, T t)
    {
        var form = await CaseForm.Read(http.Request, calendar.Offset);
        var (next, photos) = (form.Next(), form.Evidence());
        var refusal = Refusal.All(next.Refusal, photos.Refusal is { } unread ? unread with { At = "photo" } : null);
        IReadOnlyList<CaseId> tried = [];
        if (refusal is null)
        {
            var open = await day.OpenAt(http.Actor(), group, http.RequestAborted);
            if (open.Count == 0) return NoStop.ToResult();
            tried = [.. open.Select(one => one.Id)];
            foreach (var (id, version) in open)
            {
                var done = await desk.Do(http.Actor(), id, version,
                    [.. photos.Value.Select(photo => new AddEvidence(photo with { Id = Guid.CreateVersion7() }, "")),
                        new RecordVisit(VisitOutcome.NotHome, next.Value, form["note"])]);
                refusal ??= done.Refusal;
            }
        }
        if (refusal is null) return Results.LocalRedirect("/day?done=" + string.Join(',', tried));
        return await day.Stop(http.Actor(), group, t, http.RequestAborted) is { } stop
            ? CaseForms.Page<StopPage>(refusal,
                new { View = stop, Errors = FormErrors.Of(t, _ => "next", refusal), Next = form["next"], Note = form["note"] })
            : refusal.ToResult();
    }

    private static async Task<IResult> Evidence(HttpContext http, Guid id, Guid piece, LookAtCase look)
    {
        var found = await look.LookAtEvidence(http.Actor(), new CaseId(id), piece, http.RequestAborted);
        if (!found.Ok) return found.Refusal!.ToResult();
        var (mediaType, bytes, name) = found.Value;
        // A picture may be shown in a page of this site; opened by itself it is saved and never run, whatever it turns out to be.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(bytes, mediaType, name);
    }

    private static string Bare(string? text) => string.Concat((text ?? "").Where(letter => !char.IsControl(letter)));

    private static Refusal NoStop => Refusal.Of("cases.not_found", "Nothing is to be asked at this door today.");

    private sealed record ListQuery(string? Place, string? PlaceChosen, string? Kind, string? State, string? Stage, int? Page);
}
