using Legwork.Kernel;
using Legwork.People.Desk;
using Legwork.People.Files;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Pages;

/// <summary>What a clerk does to a file: stating, withdrawing, splitting, undoing, and putting two files before the queue.</summary>
internal static class ActRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/statements/new", StatementForm).Requires(PeoplePermissions.Correct);
        routes.MapPost("/people/{id:guid}/statements", State).Requires(PeoplePermissions.Correct);
        routes.MapGet("/people/{id:guid}/statements/{statement:long}/withdraw", WithdrawForm).Requires(PeoplePermissions.Correct);
        routes.MapPost("/people/{id:guid}/statements/{statement:long}/withdraw", Withdraw).Requires(PeoplePermissions.Correct);
        routes.MapGet("/people/{id:guid}/split", SplitForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/split", Split).Requires(PeoplePermissions.Adjudicate);
        routes.MapGet("/people/{id:guid}/acts/{act:long}/undo", UndoForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/acts/{act:long}/undo", Undo).Requires(PeoplePermissions.Adjudicate);
        routes.MapGet("/people/{id:guid}/same", SameForm).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/{id:guid}/same", Same).Requires(PeoplePermissions.Adjudicate);
    }

    private static Task<IResult> StatementForm(HttpContext http, Guid id, ShowFile show, Precedence precedence, string? field) =>
        StatementPage(http, id, show, precedence, new Dictionary<string, string> { ["field"] = field ?? "" }, "field", null);

    private static async Task<IResult> State(HttpContext http, Guid id, StateValue states, ShowFile show, Precedence precedence)
    {
        var form = await http.Request.ReadFormAsync();
        var asked = new Stating(form.Text("field"), form.Text("value"), form.Text("evidence"), form.Text("note", StateValue.NoteLengthMax), form.Text("from"));
        var done = await states.Run(http.Actor(), new PersonId(id), asked);
        if (done.Ok) return Results.Redirect($"/people/{id}?for=correct");
        if (Refusals.StatusOf(done.Refusal!) != StatusCodes.Status422UnprocessableEntity) return done.Refusal!.ToResult();
        var said = new Dictionary<string, string> { ["field"] = asked.Field, ["value"] = asked.Value, ["evidence"] = asked.Evidence, ["note"] = asked.Note, ["from"] = asked.TrueFrom };
        return await StatementPage(http, id, show, precedence, said, FieldOf(done.Refusal!.Code), done.Refusal);
    }

    private static string FieldOf(string code) => code switch
    {
        "people.statement.field" or "people.statement.no_row" => "field",
        "people.statement.evidence" => "evidence",
        "people.statement.note" => "note",
        "people.statement.true_from" => "from",
        _ => "value",
    };

    private static async Task<IResult> StatementPage(HttpContext http, Guid id, ShowFile show, Precedence precedence, IReadOnlyDictionary<string, string> said, string at, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Correct, new PersonId(id), new FileQuestion("correct"));
        return view.Ok ? Drawn.As<StatementPage>(new StatementModel(view.Value, [.. precedence.All.Where(rule => rule.MayBeStated)], said, at, wrong), Status(wrong)) : view.Refusal!.ToResult();
    }

    private static IResult WithdrawForm(HttpContext http, Guid id, long statement) =>
        Drawn.As<ConfirmPage>(new ConfirmModel("people.withdraw.ask", "people.do.withdraw", "", http.Request.Path, $"/people/{id}", false, null));

    private static async Task<IResult> Withdraw(HttpContext http, Guid id, long statement, StateValue states)
    {
        var done = await states.Withdraw(http.Actor(), new PersonId(id), statement);
        return done.Ok ? Results.Redirect($"/people/{id}?for=correct") : done.Refusal!.ToResult();
    }

    private static Task<IResult> SplitForm(HttpContext http, Guid id, ShowFile show) => SplitAgain(http, id, show, new HashSet<long>(), "", null);

    private static async Task<IResult> Split(HttpContext http, Guid id, ChangeRows change, ShowFile show)
    {
        var form = await http.Request.ReadFormAsync();
        var chosen = form["rows"].Select(row => long.TryParse(row, out var lineage) ? lineage : 0).Where(lineage => lineage > 0).ToHashSet();
        var reason = form.Text("reason", 300);
        var fresh = await change.Split(http.Actor(), new PersonId(id), chosen, reason);
        if (fresh.Ok) return Results.Redirect($"/people/{fresh.Value}?for=adjudicate");
        return Refusals.StatusOf(fresh.Refusal!) == StatusCodes.Status422UnprocessableEntity ? await SplitAgain(http, id, show, chosen, reason, fresh.Refusal) : fresh.Refusal!.ToResult();
    }

    private static async Task<IResult> SplitAgain(HttpContext http, Guid id, ShowFile show, IReadOnlySet<long> chosen, string reason, Refusal? wrong)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Adjudicate, new PersonId(id), new FileQuestion("adjudicate"));
        return view.Ok ? Drawn.As<SplitPage>(new SplitModel(view.Value, chosen, reason, wrong), Status(wrong)) : view.Refusal!.ToResult();
    }

    private static IResult UndoForm(HttpContext http, Guid id, long act) => UndoAgain(http, id, null);

    private static async Task<IResult> Undo(HttpContext http, Guid id, long act, ChangeRows change)
    {
        var form = await http.Request.ReadFormAsync();
        var done = await change.Undo(http.Actor(), new PersonId(id), act, form.Text("reason", 300));
        if (done.Ok) return Results.Redirect($"/people/{id}?for=adjudicate");
        return done.Refusal!.Code == "people.split.reason" ? UndoAgain(http, id, done.Refusal) : done.Refusal.ToResult();
    }

    private static IResult UndoAgain(HttpContext http, Guid id, Refusal? wrong) =>
        Drawn.As<ConfirmPage>(new ConfirmModel("people.undo.ask", "people.do.undo", http.RequestServices.GetText()["people.undo.what"], http.Request.Path, $"/people/{id}", true, wrong), Status(wrong));

    private static IResult SameForm(HttpContext http, Guid id, Store store) => SamePage(http, id, store, "", null);

    private static async Task<IResult> Same(HttpContext http, Guid id, Pairs pairs, FindPeople find, Store store)
    {
        var form = await http.Request.ReadFormAsync();
        var said = form.Text("other");
        var other = await FileNamed(http, find, said, "adjudicate");
        if (other is not { } file) return SamePage(http, id, store, said, Refusal.Of("people.same.nobody", "No single file answers to this. Open the other file and copy its address."));
        var pair = await pairs.Suspect(http.Actor(), new PersonId(id), file);
        if (pair.Ok) return Results.Redirect($"/people/pairs/{pair.Value}");
        return SamePage(http, id, store, said, pair.Refusal);
    }

    /// <summary>A file named by its address, its id, or a whole number that only one file in the actor's area carries.</summary>
    internal static async Task<PersonId?> FileNamed(HttpContext http, FindPeople find, string said, string purpose)
    {
        if (said.Split('/', '?').FirstOrDefault(part => Guid.TryParse(part, out _)) is { } named) return new PersonId(Guid.Parse(named));
        if (!ResidentNumber.TryParse(said, out _)) return null;
        var found = await find.Run(http.Actor(), said, 1, purpose);
        return found.Ok && found.Value.People is [var one] ? one.Id : null;
    }

    private static IResult SamePage(HttpContext http, Guid id, Store store, string said, Refusal? wrong)
    {
        var opened = store.Read(session => FileRow.Open(session, http.Actor(), PeoplePermissions.Adjudicate, new PersonId(id)));
        return opened.Ok ? Drawn.As<SamePage>(new SameModel(opened.Value.Id, "", said, wrong), Status(wrong)) : opened.Refusal!.ToResult();
    }

    internal static int Status(Refusal? wrong) => wrong is null ? StatusCodes.Status200OK : Refusals.StatusOf(wrong);
}
