using Legwork.Kernel;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Files;

/// <summary>The file, its whole number and its printed copy: thin doors to the use cases.</summary>
internal static class FileRoutes
{
    /// <summary>The purposes that a desk reads for, the first that a reader may claim being the usual one.</summary>
    internal static readonly string[] DeskPurposes = ["counter", "case_handling", "correct", "adjudicate"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}", File).Requires(PeoplePermissions.View);
        routes.MapPost("/people/{id:guid}/number", Reveal).Requires(PeoplePermissions.Reveal);
        routes.MapGet("/people/{id:guid}/print", Print).Requires(PeoplePermissions.Print);
    }

    private static async Task<IResult> File(HttpContext http, Guid id, ShowFile show, FileReading reading, Store store, string? known,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "true")] string? asTrue, string? became, long? done)
    {
        var file = new PersonId(id);
        if (await store.ReadAsync(session => FileRow.CurrentAsync(session, file), http.RequestAborted) is { } current && current.Id != file)
            return Results.Redirect($"/people/{current.Id}?became={file}&for={Uri.EscapeDataString(http.Request.Query["for"].ToString())}");
        var (knownOn, trueOn) = (FormOf.Day(known), FormOf.Day(asTrue));
        var wrong = knownOn.Refusal ?? trueOn.Refusal;
        var question = new FileQuestion(PurposeAsked(http, reading.Open(http.Actor(), PeoplePermissions.View, DeskPurposes)),
            knownOn.Ok ? knownOn.Value : null, trueOn.Ok ? trueOn.Value : null);
        return await Page(http, show, reading, file, question, Guid.TryParse(became, out var old) ? old.ToString() : "", null, wrong, done);
    }

    private static async Task<IResult> Reveal(HttpContext http, Guid id, RevealNumber reveal, ShowFile show, FileReading reading)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var number = await reveal.Run(http.Actor(), new PersonId(id), form.Text("purpose"));
        if (!number.Ok) return number.Refusal!.ToResult();
        if (http.Request.IsPartial()) return ModelPage.Drawn<RevealedNumber>(number.Value.Reveal());
        var purpose = PurposeAsked(http, reading.Open(http.Actor(), PeoplePermissions.View, DeskPurposes));
        return await Page(http, show, reading, new PersonId(id), new FileQuestion(purpose), "", number.Value.Reveal(), null);
    }

    private static async Task<IResult> Page(HttpContext http, ShowFile show, FileReading reading, PersonId file, FileQuestion question,
        string became, string? revealed, Refusal? wrong, long? done = null)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.View, file, question, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var reveals = reading.Open(http.Actor(), PeoplePermissions.Reveal, RevealNumber.Purposes);
        return ModelPage.Drawn<FilePage>(new FileModel(view.Value, http.Actor(), became, reveals, revealed, wrong, done),
            wrong is null ? 200 : StatusCodes.Status422UnprocessableEntity);
    }

    internal static string PurposeAsked(HttpContext http, IReadOnlyList<Purpose> open)
    {
        var asked = http.Request.Query["for"].ToString();
        return asked.Length > 0 ? asked : open.Count > 0 ? open[0].Code : "";
    }

    private static async Task<IResult> Print(HttpContext http, Guid id, ShowFile show)
    {
        var view = await show.Run(http.Actor(), PeoplePermissions.Print, new PersonId(id), new FileQuestion("counter"), http.RequestAborted);
        return view.Ok ? ModelPage.Drawn<PrintPage>(view.Value) : view.Refusal!.ToResult();
    }
}
