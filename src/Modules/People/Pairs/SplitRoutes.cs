using System.Globalization;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Pages;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Pairs;

/// <summary>Rows that go to a file of their own, acts undone, and two files put before the queue.</summary>
internal static class SplitRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/split", SplitForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/split", Split).Requires(PeoplePermissions.Adjudicate);
        routes.MapGet("/people/{id:guid}/acts/{act:long}/undo", UndoForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/acts/{act:long}/undo", Undo).Requires(PeoplePermissions.Adjudicate);
        routes.MapGet("/people/{id:guid}/same", SameForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/same", Same).Requires(PeoplePermissions.Adjudicate);
    }

    private static Task<IResult> SplitForm(HttpContext http, Guid id, ShowFile show) => SplitAgain(http, id, show, new HashSet<long>(), "", null);

    private static async Task<IResult> Split(HttpContext http, Guid id, ChangeRows change, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = form["rows"].Select(row => long.TryParse(row, CultureInfo.InvariantCulture, out var lineage) ? lineage : 0)
            .Where(lineage => lineage > 0).ToHashSet();
        var reason = form.Text("reason", 300);
        var fresh = await change.Split(http.Actor(), new PersonId(id), chosen, reason);
        if (fresh.Ok) return Results.Redirect($"/people/{fresh.Value}?for=adjudicate");
        return Refusals.StatusOf(fresh.Refusal!) == StatusCodes.Status422UnprocessableEntity
            ? await SplitAgain(http, id, show, chosen, reason, fresh.Refusal) : fresh.Refusal!.ToResult();
    }

    private static async Task<IResult> SplitAgain(HttpContext http, Guid id, ShowFile show, IReadOnlySet<long> chosen, string reason, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Adjudicate, new PersonId(id), new FileQuestion("adjudicate"),
            http.RequestAborted);
        return view.Ok
            ? ModelPage.Drawn<SplitPage>(new SplitModel(view.Value, chosen, reason, wrong), StatusOf.Page(wrong)) : view.Refusal!.ToResult();
    }

    private static async Task<IResult> UndoForm(HttpContext http, Guid id, long act, ChangeRows change) =>
        (await change.MayUndo(http.Actor(), new PersonId(id), act, http.RequestAborted))
            .Match(_ => UndoAgain(http, id, null), refusal => refusal.ToResult());

    private static async Task<IResult> Undo(HttpContext http, Guid id, long act, ChangeRows change)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var done = await change.Undo(http.Actor(), new PersonId(id), act, form.Text("reason", 300));
        if (done.Ok) return Results.Redirect($"/people/{id}?for=adjudicate");
        return done.Refusal!.Code == "people.split.reason" ? UndoAgain(http, id, done.Refusal) : done.Refusal.ToResult();
    }

    private static IResult UndoAgain(HttpContext http, Guid id, Refusal? wrong) =>
        ModelPage.Drawn<ConfirmPage>(new ConfirmModel("people.undo.ask", "people.do.undo", http.RequestServices.GetText()["people.undo.what"],
            http.Request.Path, $"/people/{id}", true, wrong), StatusOf.Page(wrong));

    private static Task<IResult> SameForm(HttpContext http, Guid id, Store store) => SamePage(http, id, store, "", [], null);

    private static async Task<IResult> Same(HttpContext http, Guid id, PairQueue pairs, FindPeople find, Store store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = form.Text("other");
        var other = await FileNamed.By(http, find, form, "other", "adjudicate", new PersonId(id));
        if (other.File is not { } file) return await SamePage(http, id, store, said, other.Choices, FileNamed.Unnamed(other,
            Refusal.Of("people.same.nobody", "Nobody in your area answers to this: write the name as it stands in the file, or a whole number.")));
        var pair = await pairs.Suspect(http.Actor(), new PersonId(id), file);
        if (pair.Ok) return Results.Redirect($"/people/pairs/{pair.Value}");
        return await SamePage(http, id, store, said, other.Choices, pair.Refusal);
    }

    private static async Task<IResult> SamePage(HttpContext http, Guid id, Store store, string said, IReadOnlyList<FoundPerson> choices,
        Refusal? wrong)
    {
        var opened = await store.ReadAsync(
            session => FileRow.OpenAsync(session, http.Actor(), PeoplePermissions.Adjudicate, new PersonId(id)), http.RequestAborted);
        return opened.Ok
            ? ModelPage.Drawn<SamePage>(new SameModel(opened.Value.Id, "", said, choices, wrong), StatusOf.Page(wrong)) : opened.Refusal!.ToResult();
    }
}
