using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Staff;

/// <summary>The staff pages: thin doors to the use cases beside this file.</summary>
internal static class StaffRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/staff").DisableAntiforgery();
        staff.MapGet("", List).Requires(AccessPermissions.SeeStaff);
        staff.MapGet("/{id:guid}", Show).Requires(AccessPermissions.SeeStaff);
        staff.MapGet("/join", JoinForm).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/join", Join).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/roles", AddRole).Requires(AccessPermissions.ManageStaff);
        staff.MapGet("/{id:guid}/roles/{grant:long}/move", MoveForm).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/roles/{grant:long}/move", Move).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/roles/{grant:long}/end", End).Requires(AccessPermissions.ManageStaff);
        staff.MapGet("/{id:guid}/leave", LeaveForm).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/leave", Leave).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/password", NewPassword).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/office", NameAtOffice).Requires(AccessPermissions.ManageStaff);
        staff.MapPost("/{id:guid}/office/end", EndAtOffice).Requires(AccessPermissions.ManageStaff);
    }

    private static async Task<RazorComponentResult<StaffListPage>> List(HttpContext http, Store store, TimeProvider clock, string? q, int? page)
    {
        var at = Math.Clamp(page ?? 1, 1, 10_000);
        var search = q is { Length: > 80 } ? q[..80] : q ?? "";
        var (lines, count) = await store.ReadAsync(
            session => StaffRecords.List(session, http.Actor().Where(AccessPermissions.SeeStaff), search, clock.Today(), at), http.RequestAborted);
        return ModelPage.Drawn<StaffListPage>(new StaffListModel(http.Actor(), lines, count, search, at));
    }

    private static async Task<IResult> Show(HttpContext http, Store store, TimeProvider clock, Guid id) =>
        (await Seen(http, store, clock, id))
            .Match<IResult>(member => Page(http, member, StaffForm.Empty(clock.Today()), null), refusal => refusal.ToResult());

    private static RazorComponentResult<JoinStaffPage> JoinForm(TimeProvider clock) =>
        ModelPage.Drawn<JoinStaffPage>(new JoinModel(StaffForm.Empty(clock.Today()), null));

    private static async Task<IResult> Join(HttpContext http, JoinStaff join, T texts, AccessBook book)
    {
        var form = await FormOf(http);
        var errors = new FormErrors();
        if (form.Read(texts, errors, book) is { } given)
        {
            var outcome = await join.Run(http.Actor(), form.SignIn, form.Name, given);
            if (outcome.Ok) return ModelPage.Drawn<FreshPasswordPage>(outcome.Value);
            errors = FormErrors.Of(texts, StaffForm.FieldOf, outcome.Refusal!);
        }
        else if (JoinStaff.Faults(form.SignIn, form.Name) is { } wrong)
        {
            foreach (var (field, message) in FormErrors.Of(texts, StaffForm.FieldOf, wrong).All) errors.Add(field, message);
        }
        return ModelPage.Drawn<JoinStaffPage>(new JoinModel(form, errors), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<StaffForm> FormOf(HttpContext http) =>
        StaffForm.Of(await http.Request.ReadFormAsync(http.RequestAborted), http.RequestServices.GetRequiredService<PlaceNames>());

    private static async Task<IResult> AddRole(HttpContext http, Store store, MoveStaff move, TimeProvider clock, T texts, AccessBook book, Guid id)
    {
        if (await Seen(http, store, clock, id) is { Refusal: { } unseen }) return unseen.ToResult();
        var form = await FormOf(http);
        var errors = new FormErrors();
        if (form.Read(texts, errors, book) is { } given)
        {
            var outcome = await move.Add(http.Actor(), id, given);
            if (outcome.Ok) return Back(id);
            errors.Add(StaffForm.FieldOf(outcome.Refusal!.Code), texts[outcome.Refusal!]);
        }
        return Page(http, (await Seen(http, store, clock, id)).Value, form, errors);
    }

    private static async Task<IResult> MoveForm(HttpContext http, Store store, TimeProvider clock, Guid id, long grant)
    {
        var seen = await Seen(http, store, clock, id);
        if (seen.Refusal is { } unseen) return unseen.ToResult();
        if (seen.Value.Open(clock.Today()).FirstOrDefault(held => held.Id == grant) is not { } found)
            return Refusal.Of("access.not_found", "This account or role is not there any more.").ToResult();
        return StaffRules.MayManage(http.Actor(), id, [found.Grant]) is { } refusal ? refusal.ToResult()
            : ModelPage.Drawn<MoveStaffPage>(new MoveModel(seen.Value, found,
                StaffForm.Empty(clock.Today()) with { Role = found.Grant.Role.ToString(), Scope = found.Grant.Scope.Code }, null));
    }

    private static async Task<IResult> Move(HttpContext http, Store store, MoveStaff move, TimeProvider clock,
        T texts, AccessBook book, Guid id, long grant)
    {
        var seen = await Seen(http, store, clock, id);
        if (seen.Refusal is { } unseen) return unseen.ToResult();
        if (seen.Value.Open(clock.Today()).FirstOrDefault(open => open.Id == grant) is not { } held)
            return Refusal.Of("access.not_found", "This account or role is not there any more.").ToResult();
        var form = await FormOf(http);
        var errors = new FormErrors();
        if (form.Read(texts, errors, book) is { } given)
        {
            var outcome = await move.Move(http.Actor(), id, grant, given);
            if (outcome.Ok) return Back(id);
            errors.Add(StaffForm.FieldOf(outcome.Refusal!.Code), texts[outcome.Refusal!]);
        }
        return ModelPage.Drawn<MoveStaffPage>(new MoveModel(seen.Value, held, form, errors), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> End(HttpContext http, MoveStaff move, Guid id, long grant) =>
        Answer(await move.End(http.Actor(), id, grant), id);

    private static async Task<IResult> LeaveForm(HttpContext http, LeaveStaff leave, Guid id) =>
        (await leave.Ask(http.Actor(), id, http.RequestAborted))
            .Match<IResult>(member => ModelPage.Drawn<LeaveStaffPage>(member), refusal => refusal.ToResult());

    private static async Task<IResult> Leave(HttpContext http, LeaveStaff leave, Guid id) => Answer(await leave.Run(http.Actor(), id), id);

    private static async Task<IResult> NewPassword(HttpContext http, ResetPassword reset, Guid id)
    {
        var outcome = await reset.Run(http.Actor(), id);
        return outcome.Ok ? ModelPage.Drawn<FreshPasswordPage>(outcome.Value) : outcome.Refusal!.ToResult();
    }

    private static async Task<IResult> NameAtOffice(HttpContext http, Store store, NameAtOffice office, TimeProvider clock, T texts, Guid id,
        [FromForm] string? name)
    {
        var seen = await Seen(http, store, clock, id);
        if (seen.Refusal is { } unseen) return unseen.ToResult();
        var outcome = await office.Give(http.Actor(), id, name ?? "");
        if (outcome.Ok) return Back(id);
        if (!outcome.Refusal!.Code.StartsWith("access.office_", StringComparison.Ordinal)) return outcome.Refusal.ToResult();
        return Page(http, seen.Value, StaffForm.Empty(clock.Today()), FormErrors.Of(texts, "name", outcome.Refusal, "office-"), name);
    }

    private static async Task<IResult> EndAtOffice(HttpContext http, NameAtOffice office, Guid id) =>
        Answer(await office.TakeBack(http.Actor(), id), id);

    /// <summary>The account, if it holds or held a role in a place that the actor may see; residents are not staff.</summary>
    private static async Task<Outcome<StaffMember>> Seen(HttpContext http, Store store, TimeProvider clock, Guid id)
    {
        var member = await store.ReadAsync(session => StaffRecords.FindAsync(session, id), http.RequestAborted);
        if (member is null || member.Grants.Any(held => held.Grant.Role == Role.Citizen))
            return Refusal.Of("access.not_found", "This account or role is not there any more.");
        return member.Places(clock.Today()).Any(grant => http.Actor().May(AccessPermissions.SeeStaff, grant.Scope.Code)) ? member
            : Refusal.Of("access.out_of_scope", "This lies outside the area that you administer.");
    }

    private static RazorComponentResult<StaffPage> Page(HttpContext http, StaffMember member, StaffForm form, FormErrors? errors,
        string? named = null) =>
        ModelPage.Drawn<StaffPage>(new StaffModel(http.Actor(), member, form, errors, named),
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Answer(Outcome<Done> outcome, Guid id) => outcome.Ok ? Back(id) : outcome.Refusal!.ToResult();

    private static RedirectHttpResult Back(Guid id) => TypedResults.LocalRedirect($"/staff/{id}");
}
