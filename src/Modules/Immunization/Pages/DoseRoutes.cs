using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Immunization.Pages;

/// <summary>The form of a dose: what the schedule says against it is shown once before it is kept.</summary>
internal static class DoseRoutes
{
    private static readonly string[] Fields = ["on", "vaccine", "lot", "site", "clinic", "province", "evidence", "note", "why", "warned", "shown"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/immunization/doses/new", New).Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses", Record).Requires(ImmunizationPermissions.Record);
        routes.MapGet("/people/{id:guid}/immunization/doses/{dose:long}",
            (HttpContext http, Guid id, long dose, ShowRecord show) => Form(http, id, dose, show, new Dictionary<string, string>(), null))
            .Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses/{dose:long}", Correct).Requires(ImmunizationPermissions.Record);
        routes.MapPost("/people/{id:guid}/immunization/doses/{dose:long}/withdraw", Withdraw).Requires(ImmunizationPermissions.Record);
    }

    /// <summary>Day and evidence are those of a dose given now; lot, site and clinic those of the nurse's last dose of this vaccine today.</summary>
    private static async Task<IResult> New(HttpContext http, Guid id, ShowRecord show, RecordDose record, TimeProvider clock, string? vaccine)
    {
        var asked = vaccine is { Length: > 0 and <= 40 } ? vaccine : "";
        var last = asked.Length > 0 ? await record.LastOf(http.Actor(), asked, http.RequestAborted) : null;
        var said = new Dictionary<string, string>
        {
            ["on"] = DoseRow.Iso(clock.Today()),
            ["vaccine"] = asked,
            ["evidence"] = "given_here",
            ["lot"] = last?.Lot ?? "",
            ["site"] = last?.Site ?? "",
            ["clinic"] = last?.Source ?? "",
        };
        return await Form(http, id, null, show, said, null);
    }

    private static async Task<IResult> Form(HttpContext http, Guid id, long? dose, ShowRecord show,
        IReadOnlyDictionary<string, string> said, Refusal? wrong, RecordDose? record = null)
    {
        var view = await show.Run(http.Actor(), ImmunizationPermissions.Record, new PersonId(id), http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var row = dose is { } asked ? view.Value.Doses.FirstOrDefault(one => one.Dose.Id == asked)?.Dose : null;
        if (dose is not null && row is null)
            return Refusal.Of("immunization.dose.gone", "This dose was told again or taken back meanwhile. Look at the page again.").ToResult();
        // Beside what is wrong the warning stands as well, so that both are answered in one go; a dose told twice would warn of itself.
        var weighed = wrong?.Code == "immunization.dose.twice" ? null : Against(view.Value, said, dose);
        var faults = wrong is null || record is null || wrong.Code == "immunization.dose.why" ? []
            : record.Faults(Told(said), view.Value.Person).ToList();
        return ModelPage.Drawn<DosePage>(new DoseModel(view.Value, RecordRoutes.Address(id), row, said, wrong, weighed) { Faults = faults },
            wrong is null ? 200 : Refusals.StatusOf(wrong));
    }

    private static async Task<IResult> Record(HttpContext http, Guid id, RecordDose record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        if (await record.Wrong(http.Actor(), new PersonId(id), Told(said), null, http.RequestAborted) is { } wrong)
            return await Form(http, id, null, show, said, wrong, record);
        if (await Warn(http, id, null, show, said) is { } warning) return warning;
        var done = await record.Record(http.Actor(), new PersonId(id), Told(said));
        return done.Ok ? Results.Redirect($"{RecordRoutes.Address(id)}?kept={done.Value}") : await Form(http, id, null, show, said, done.Refusal);
    }

    private static async Task<IResult> Correct(HttpContext http, Guid id, long dose, RecordDose record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        if (await record.Wrong(http.Actor(), new PersonId(id), Told(said), dose, http.RequestAborted) is { } wrong)
            return await Form(http, id, dose, show, said, wrong, record);
        if (await Warn(http, id, dose, show, said) is { } warning) return warning;
        var done = await record.Correct(http.Actor(), new PersonId(id), dose, Told(said));
        return done.Ok ? Results.Redirect($"{RecordRoutes.Address(id)}?kept={done.Value}") : await Form(http, id, dose, show, said, done.Refusal);
    }

    private static async Task<IResult> Withdraw(HttpContext http, Guid id, long dose, RecordDose record, ShowRecord show)
    {
        var said = FormOf.Said(await http.Request.ReadFormAsync(http.RequestAborted), Fields);
        var done = await record.Withdraw(http.Actor(), new PersonId(id), dose, said["why"]);
        return done.Ok ? Results.Redirect($"{RecordRoutes.Address(id)}?kept={dose}") : await Form(http, id, dose, show, said, done.Refusal);
    }

    /// <summary>The form with what stands against the dose; null when nothing does, or when its box was ticked
    /// for this very day and vaccine. Whoever sends the shown warning again without the tick is told where the box is.</summary>
    private static async Task<IResult?> Warn(HttpContext http, Guid id, long? dose, ShowRecord show, IReadOnlyDictionary<string, string> said)
    {
        if (said["warned"] == Warned(said)) return null;
        var view = await show.Run(http.Actor(), ImmunizationPermissions.Record, new PersonId(id), http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        if (Against(view.Value, said, dose) is not { } weighed) return null;
        var unticked = said["shown"] == Warned(said)
            ? Refusal.Of("immunization.dose.warned", "Read what stands against the dose, and tick the box beside it.") : null;
        return ModelPage.Drawn<DosePage>(new DoseModel(view.Value, RecordRoutes.Address(id),
            view.Value.Doses.FirstOrDefault(one => one.Dose.Id == dose)?.Dose, said, unticked, weighed),
            unticked is null ? StatusCodes.Status200OK : Refusals.StatusOf(unticked));
    }

    public static string Warned(IReadOnlyDictionary<string, string> said) => said["on"] + " " + said["vaccine"];

    private static DoseWeighed? Against(RecordView view, IReadOnlyDictionary<string, string> said, long? instead)
    {
        if (said.GetValueOrDefault("vaccine") is not { Length: > 0 } vaccine
            || view.Rules.Book.Vaccine(vaccine) is null || FormOf.Day(said["on"]) is not { } on
            || on < ShowRecord.FirstDay(view.Person) || on > view.Today) return null;
        var weighed = WeighDose.Of(view, Told(said), instead);
        return weighed.Passes ? null : weighed;
    }

    private static DoseTold Told(IReadOnlyDictionary<string, string> said)
    {
        string Of(string name) => said.GetValueOrDefault(name, "");
        return new DoseTold(FormOf.Day(Of("on")), Of("vaccine"), Of("lot"), Of("site"), Of("clinic"), Of("province"), Of("evidence"), Of("note"));
    }
}
