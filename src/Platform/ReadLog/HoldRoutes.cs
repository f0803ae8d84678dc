using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog.Pages;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.ReadLog;

/// <summary>What was typed to propose a hold.</summary>
/// <param name="Person">A name, or the address of a file.</param>
/// <param name="Chosen">Which of the people offered.</param>
internal sealed record HoldForm(string Person, string Chosen, string Node, string Seq, string Reference, string Reason, string Basis, string Until)
{
    internal static HoldForm Of(IFormCollection form) =>
        new(form["person"].ToString().Trim(), form["personChosen"].ToString(), form["node"].ToString().Trim(), form["seq"].ToString().Trim(),
        form["reference"].ToString().Trim(), form["reason"].ToString(), form["basis"].ToString(), form["until"].ToString());

    internal long? At => long.TryParse(Seq, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;

    internal HoldTarget Of(PersonId person) =>
        new(person, Node.Length > 0 ? Node : null, At, Reference.Length > 0 ? Reference : null);

    internal static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : null;
}

/// <summary>The pages of lawful holds: thin doors to <see cref="WithholdReads"/>.</summary>
internal static class HoldRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var holds = routes.MapGroup("/holds").DisableAntiforgery();
        holds.MapGet("", List).Requires(ReadLogPermissions.Hold);
        holds.MapGet("/new", New).Requires(ReadLogPermissions.Hold);
        holds.MapPost("/new", Propose).Requires(ReadLogPermissions.Hold);
        holds.MapGet("/{id:guid}", Show).Requires(ReadLogPermissions.Hold);
        holds.MapPost("/{id:guid}/approve", Approve).Requires(ReadLogPermissions.Hold);
        holds.MapPost("/{id:guid}/extend", Extend).Requires(ReadLogPermissions.Hold);
        holds.MapPost("/{id:guid}/lift", Lift).Requires(ReadLogPermissions.Hold);
    }

    /// <summary>Holds that wait for their second approval; whoever may not hold for the whole district has none.</summary>
    public static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        if (!actor.May(ReadLogPermissions.Hold, services.GetRequiredService<AccessRules>().District)) return new WaitingNow([], null, []);
        var t = services.GetRequiredService<T>();
        var count = await services.GetRequiredService<Store>().ReadAsync(session =>
            session.SingleAsync<long>("select count(*) from readlog_hold where until_day is null and lifted_at is null"), cancel);
        return new WaitingNow([new Choice("/holds", t["holds.waiting"], t.Number(count))],
            count > 0 ? new Crumb(t["holds.waiting.first"], "/holds") : null, ["/holds"]);
    }

    private static readonly Refusal OutOfScope = Refusal.Of("access.out_of_scope", "This lies outside your own area.");

    // A hold may be about anybody: whoever may hold must hold it for the whole district.
    private static bool InScope(HttpContext http, AccessRules rules) => http.Actor().May(ReadLogPermissions.Hold, rules.District);

    private static async Task<IResult> List(HttpContext http, Store store, AccessRules rules) => !InScope(http, rules) ? OutOfScope.ToResult()
        : ModelPage.Drawn<HoldsPage>(await store.ReadAsync(HoldRecords.List, http.RequestAborted));

    private static async Task<IResult> New(HttpContext http, WhoseReads whose, AccessRules rules, TimeProvider clock, string? node, long? seq)
    {
        if (!InScope(http, rules)) return OutOfScope.ToResult();
        var until = clock.Today().AddMonths(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var empty = new HoldForm("", "", "", "", "", "", "", until);
        var entry = empty with { Node = node ?? "", Seq = seq?.ToString(CultureInfo.InvariantCulture) ?? "" };
        var named = await whose.Named(http.Actor(), entry, http.RequestAborted);
        return ModelPage.Drawn<NewHoldPage>(await whose.Shown(http, named.Choices.Count > 0 ? entry : empty, named, null));
    }

    private static async Task<IResult> Propose(HttpContext http, WithholdReads withhold, WhoseReads whose, AccessRules rules, T texts)
    {
        if (!InScope(http, rules)) return OutOfScope.ToResult();
        var form = HoldForm.Of(await http.Request.ReadFormAsync(http.RequestAborted));
        var errors = new FormErrors();
        var named = await whose.Named(http.Actor(), form, http.RequestAborted);
        if (named.File is null) errors.Add(named.Choices.Count > 0 ? "personChosen" : "person", texts[named.Choices.Count > 0 ? "holds.person_which"
            : form.Person.Length == 0 ? "holds.target_wrong" : whose.ByName(http.Actor()) ? "holds.person_nobody" : "holds.person_address"]);
        else if (!form.Of(named.File.Value).IsWhole) errors.Add("reference", texts["holds.target_wrong"]);
        if (form.Seq.Length > 0 && form.At is null) errors.Add("seq", texts["holds.seq_wrong"]);
        var day = HoldForm.Day(form.Until);
        if (day is null) errors.Add("until", texts["holds.day_wrong"]);
        var wrong = errors.Any ? HoldRules.CheckWords(form.Reason, form.Basis) : null;
        if (!errors.Any)
        {
            var outcome = await withhold.Propose(http.Actor(), form.Of(named.File!.Value), form.Reason, form.Basis, day!.Value);
            if (outcome.Ok) return TypedResults.LocalRedirect($"/holds/{outcome.Value}");
            wrong = outcome.Refusal;
        }
        string Field(string code) => FieldOf(code) is var field && field == "person" && !WhoseReads.Asks(form, named) ? "personChosen" : field;
        if (wrong is not null) foreach (var (field, message) in FormErrors.Of(texts, Field, wrong).All) errors.Add(field, message);
        return ModelPage.Drawn<NewHoldPage>(await whose.Shown(http, form, named, errors), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Show(HttpContext http, Store store, AccessRules rules, WhoseReads whose, Guid id) =>
        !InScope(http, rules) ? OutOfScope.ToResult()
        : await store.ReadAsync(session => HoldRecords.FindAsync(session, id), http.RequestAborted) is { } hold
            ? ModelPage.Drawn<HoldPage>(new HoldModel(hold, await whose.About(http, hold), http.Actor(), null))
        : Refusal.Of("readlog.not_found", "There is no such hold.").ToResult();

    private static async Task<IResult> Approve(HttpContext http, WithholdReads withhold, Guid id) =>
        Answer(await withhold.Approve(http.Actor(), id), id);

    private static async Task<IResult> Extend(HttpContext http, WithholdReads withhold, WhoseReads whose, T texts, Store store, Guid id)
    {
        var typed = (await http.Request.ReadFormAsync(http.RequestAborted))["until"].ToString();
        var refusal = HoldForm.Day(typed) is { } until ? (await withhold.Extend(http.Actor(), id, until)).Refusal
            : Refusal.Of("readlog.hold_day", "The last day must lie after today.");
        if (refusal is null) return TypedResults.LocalRedirect($"/holds/{id}");
        return refusal.Code is "readlog.hold_day" or "readlog.hold_long"
            && await store.ReadAsync(session => HoldRecords.FindAsync(session, id), http.RequestAborted) is { } hold
            ? ModelPage.Drawn<HoldPage>(new HoldModel(hold, await whose.About(http, hold), http.Actor(), FormErrors.Of(texts, "until", refusal)),
                StatusCodes.Status422UnprocessableEntity)
            : refusal.ToResult();
    }

    private static async Task<IResult> Lift(HttpContext http, WithholdReads withhold, Guid id) => Answer(await withhold.Lift(http.Actor(), id), id);

    private static IResult Answer(Outcome<Done> outcome, Guid id) =>
        outcome.Ok ? TypedResults.LocalRedirect($"/holds/{id}") : outcome.Refusal!.ToResult();

    private static string FieldOf(string code) => code switch
    {
        "readlog.hold_reason" => "reason",
        "readlog.hold_basis" => "basis",
        "readlog.hold_day" or "readlog.hold_long" => "until",
        _ => "person",
    };
}
