using System.Globalization;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Cases.Pages;

/// <summary>The page on which a supervisor gives a worker's day to another.</summary>
internal static class SubstituteRoutes
{
    public static void Map(IEndpointRouteBuilder routes, Permission steer)
    {
        routes.MapGet("/queue/substitutes",
            async (HttpContext http, SubstituteWorker substitutes, WorkingCalendar calendar, PlaceNames places, TimeProvider clock, T t,
                string? done) =>
            new RazorComponentResult<SubstitutesPage>(new
            {
                Rows = await Rows(http, substitutes, places, t),
                Workers = await Workers(http, substitutes, places, t),
                Today = calendar.DayOf(clock.GetUtcNow()),
                Done = done == "1",
            })).Requires(steer);
        routes.MapPost("/queue/substitutes", Give).Requires(steer);
        routes.MapPost("/queue/substitutes/{id:guid}/end", async (HttpContext http, Guid id, SubstituteWorker substitutes) =>
            (await substitutes.End(http.Actor(), id)).Match(_ => Results.LocalRedirect("/queue/substitutes?done=1"), refusal => refusal.ToResult()))
            .Requires(steer);
    }

    private static async Task<IResult> Give(HttpContext http, SubstituteWorker substitutes, WorkingCalendar calendar,
        PlaceNames places, TimeProvider clock, T t)
    {
        var form = await CaseForm.Read(http.Request, calendar.Offset);
        var (from, until) = (form.Day("from"), form.Day("until"));
        var refusal = from.Ok && until.Ok
            ? (await substitutes.Give(http.Actor(), form["absent"], form["substitute"], form["place"],
                from.Value, until.Value, form["reason"])).Refusal
            : Refusal.All(await substitutes.Faults(http.Actor(), form["absent"], form["substitute"], form["place"], form["reason"]),
                from.Refusal, until.Refusal);
        if (refusal is null) return Results.LocalRedirect("/queue/substitutes?done=1");
        return CaseForms.Page<SubstitutesPage>(refusal, new
        {
            Rows = await Rows(http, substitutes, places, t),
            Workers = await Workers(http, substitutes, places, t),
            Today = calendar.DayOf(clock.GetUtcNow()),
            Errors = FormErrors.Of(t, FieldOf, refusal),
            Given = form.Typed,
        });
    }

    private static string FieldOf(string code) => code switch
    {
        "cases.absent_unknown" => "absent",
        "cases.worker_unknown" or "cases.own_substitute" => "substitute",
        "cases.place" or "cases.out_of_scope" => "place",
        "cases.reason" => "reason",
        _ => "until",
    };

    private static async Task<IReadOnlyList<SubstituteRow>> Rows(HttpContext http, SubstituteWorker substitutes, PlaceNames places, T t) =>
        [.. (await substitutes.Current(http.Actor(), http.RequestAborted)).Select(given => new SubstituteRow(
        given.Id.ToString(), places.Of(given.Place, t.Language), given.AbsentName, given.SubstituteName,
        Day(given.FromDay), Day(given.UntilDay), given.Reason))];

    private static async Task<IReadOnlyList<Choice>> Workers(HttpContext http, SubstituteWorker substitutes, PlaceNames places, T t) =>
        [.. (await substitutes.Workers(http.Actor(), http.RequestAborted)).Select(worker => WorkerChoice.Of(worker, places, t))];

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
