using Legwork.Kernel;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Registers;

/// <summary>Lists coming in, their jobs, and an import taken back.</summary>
internal static class RegisterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/imports", (HttpContext http, ListDesk desk, ListJobs jobs, int? page) => Imports(http, desk, jobs, page ?? 1, null))
            .Requires(PeoplePermissions.Import);
        routes.MapPost("/imports", Send).Requires(PeoplePermissions.Import);
        routes.MapGet("/imports/{id:long}",
            async (HttpContext http, ListDesk desk, ListJobs jobs, long id) => await desk.Find(http.Actor(), id, http.RequestAborted) is { } import
                ? (IResult)ModelPage.Drawn<ImportPage>(new ImportModel(import, jobs.MayImport(http.Actor()))) : NoImport.ToResult())
            .Requires(PeoplePermissions.Import);
        routes.MapGet("/imports/{id:long}/undo", UndoForm).Requires(PeoplePermissions.Import);
        routes.MapPost("/imports/{id:long}/undo", Undo).Requires(PeoplePermissions.Import);
        routes.MapGet("/imports/jobs/{id:guid}",
            async (HttpContext http, ListDesk desk, Guid id) => await desk.Job(http.Actor(), id, http.RequestAborted) is { } job
                ? (IResult)ModelPage.Drawn<JobPage>(job) : NoImport.ToResult())
            .Requires(PeoplePermissions.Import);
    }

    private static readonly Refusal NoImport = Refusal.Of("people.import.not_found", "There is no such import.");

    private static async Task<IResult> Imports(HttpContext http, ListDesk desk, ListJobs jobs, int page, Refusal? wrong) =>
        ModelPage.Drawn<ImportsPage>(new ImportsModel(await desk.View(http.Actor(), page, http.RequestAborted), jobs.MayImport(http.Actor()), wrong),
            StatusOf.Page(wrong));

    private static async Task<IResult> Send(HttpContext http, ReceiveLists receive, ListDesk desk, ListJobs jobs)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var checkOnly = string.Equals(form["check"], "1", StringComparison.Ordinal);
        var job = await receive.Run(http.Actor(), form.Files.GetFiles("files"), checkOnly);
        return job.Ok ? Results.Redirect($"/imports/jobs/{job.Value}") : await Imports(http, desk, jobs, 1, job.Refusal);
    }

    private static async Task<IResult> UndoForm(HttpContext http, ListDesk desk, ListJobs jobs, long id)
    {
        var undoable = await Undoable(http, desk, jobs, id);
        if (!undoable.Ok) return undoable.Refusal!.ToResult();
        var import = undoable.Value;
        var t = http.RequestServices.GetText();
        return ModelPage.Drawn<ConfirmPage>(new ConfirmModel("people.imports.undo.ask", "people.imports.undo",
            t["people.imports.undo.what", import.FileName, import.Learned, import.Changed, import.Ended],
            http.Request.Path, $"/imports/{id}", false, null));
    }

    private static async Task<Outcome<ImportLine>> Undoable(HttpContext http, ListDesk desk, ListJobs jobs, long id) =>
        !jobs.MayImport(http.Actor()) ? ListJobs.OutOfScope
            : await desk.Find(http.Actor(), id, http.RequestAborted) is { CanBeUndone: 1 } import ? import
            : Refusal.Of("people.import.not_last", "Only the latest import of a list can be undone.");

    private static async Task<IResult> Undo(HttpContext http, ListDesk desk, ListJobs jobs, long id)
    {
        if (await Undoable(http, desk, jobs, id) is { Ok: false } refused) return refused.Refusal!.ToResult();
        var job = await jobs.Undo(http.Actor(), id);
        return job.Ok ? Results.Redirect($"/imports/jobs/{job.Value}") : job.Refusal!.ToResult();
    }
}
