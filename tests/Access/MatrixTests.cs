using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;

namespace Legwork.Access.Tests;

public class MatrixTests(PeopledDistrict district) : IClassFixture<PeopledDistrict>
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "access-matrix.md");

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_everywhere_but_on_public_routes()
    {
        using var stranger = await district.Served.Visit();
        foreach (var row in district.Rows)
        {
            var (status, code, _) = await Ask(stranger, row, json: true);
            if (row.Permission is null) status.ShouldNotBe(HttpStatusCode.Unauthorized, row.ToString());
            else (status, code).ShouldBe((HttpStatusCode.Unauthorized, "access.sign_in"), row.ToString());
            if (row.Permission is null || !row.IsSafe) continue;
            (status, _, var location) = await Ask(stranger, row, json: false);
            (status, location?.StartsWith("/sign-in?returnUrl=%2F")).ShouldBe((HttpStatusCode.Redirect, true), row.ToString());
        }
    }

    [Theory]
    [InlineData("Citizen"), InlineData("GridWorker"), InlineData("Clerk"), InlineData("Supervisor"), InlineData("Officer"), InlineData("Auditor"),
        InlineData("Administrator"), InlineData("Vaccinator")]
    public async Task Every_route_answers_every_role_in_every_place_as_its_permission_says(string named)
    {
        var role = new Role(named);
        foreach (var place in PeopledDistrict.Places)
        {
            var visitor = await district.As(role, place);
            var token = await visitor.Token("/");
            foreach (var row in district.Rows.Where(row => row.Path != "/sign-out"))
            {
                var (status, code, _) = await Ask(visitor, row, json: true, row.IsSafe ? null : token);
                ((int)status).ShouldBeLessThan(500, $"{row} as {role} of {place}");
                if (row.Opens(role)) code.ShouldNotBe("access.denied", $"{row} as {role} of {place}");
                else (status, code).ShouldBe((HttpStatusCode.Forbidden, "access.denied"), $"{row} as {role} of {place}");
            }
        }
    }

    [Theory]
    [InlineData("GridWorker"), InlineData("Clerk"), InlineData("Supervisor"), InlineData("Officer"), InlineData("Auditor"),
        InlineData("Administrator"), InlineData("Vaccinator")]
    public async Task Someone_of_another_district_sees_nobody_of_this_one(string named)
    {
        var role = new Role(named);
        var visitor = await district.As(role, PeopledDistrict.Elsewhere);
        foreach (var row in district.Rows.Where(row => row.Permission is not null && row.IsSafe && row.Opens(role)))
        {
            foreach (var (_, name) in district.People.Take(3))
            {
                using var answer = await visitor.Get($"{district.Address(row)}?q={Uri.EscapeDataString(name)}&purpose=counter");
                if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream") continue;
                var text = WebUtility.HtmlDecode(await Visitor.Text(answer));
                // What was asked for stands in the search box; nobody's file may stand below it.
                text = text.Replace($"value=\"{name}\"", "", StringComparison.Ordinal);
                district.People.Where(person => text.Contains(person.File.ToString(), StringComparison.OrdinalIgnoreCase)
                    && person.File != district.People[0].File)
                    .ShouldBeEmpty($"{row} as {role}");
                text.ShouldNotContain(PeopledDistrict.StaffNameHere, Case.Sensitive, $"{row} as {role}");
                if (answer.StatusCode == HttpStatusCode.OK)
                    district.People.Where(person => text.Contains(person.Name)).ShouldBeEmpty($"{row} as {role}");
            }
        }
    }

    [Fact]
    public async Task A_clerk_of_this_district_does_find_them()
    {
        var clerk = await district.As(Role.Clerk, ServedDistrict.District);
        var (file, name) = district.People[1];
        var page = WebUtility.HtmlDecode(await clerk.Page($"/people?q={Uri.EscapeDataString(name)}&purpose=counter"));
        page.ShouldContain(file.ToString());
        var administrator = await district.As(Role.Administrator, ServedDistrict.District);
        WebUtility.HtmlDecode(await administrator.Page("/staff?q=marker")).ShouldContain(PeopledDistrict.StaffNameHere);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        foreach (var role in new[] { Role.Administrator, Role.Clerk, Role.Auditor })
        {
            var visitor = await district.As(role, ServedDistrict.District);
            foreach (var row in district.Rows.Where(row => !row.IsSafe && row.Opens(role)))
            {
                var (status, code, _) = await Ask(visitor, row, json: true, token: "forged");
                (status, code).ShouldBe((HttpStatusCode.BadRequest, "access.form_expired"), row.ToString());
            }
        }
    }

    [Fact]
    public async Task A_page_that_asks_first_is_refused_to_whom_its_act_is_refused()
    {
        var pages = AskingPages.Among(district.Rows).ToList();
        pages.Select(page => page.Path).ShouldContain("/imports/{id:long}/undo");
        var outside = await AskingPages.Outside(district.Served.Store, ServedDistrict.Street);
        foreach (var role in district.Roles.Where(role => role != Role.Citizen))
        {
            var own = pages.Where(page => page.Opens(role)).ToList();
            foreach (var place in new[] { ServedDistrict.Street, PeopledDistrict.Elsewhere })
                (await AskingPages.Open(await district.As(role, place), own.Select(outside))).ShouldBeEmpty($"{role} of {place}");
            (await AskingPages.Open(await district.As(role, ServedDistrict.District),
                own.Select(page => AskingPages.OfNothing(page, district.People[1].File)))).ShouldBeEmpty($"{role}, of what is not there");
        }
    }

    [Fact]
    public async Task A_page_that_asks_whoever_comes_before_an_act_that_is_refused_is_caught()
    {
        var may = new Permission("access.manage_staff", Role.Administrator);
        await using var planted = new ServedDistrict(routes =>
        {
            routes.MapGet("/planted/{id:long}/undo", () => "Take it back?").Requires(may);
            routes.MapPost("/planted/{id:long}/undo", () => Refusal.Of("access.out_of_scope", "Not yours.").ToResult()).Requires(may);
        });
        await planted.InitializeAsync();
        var page = AskingPages.Among(AccessMatrix.Of(planted.Routes)).Single(row => row.Path.StartsWith("/planted/", StringComparison.Ordinal));
        using var visitor = await planted.Visit("admin");
        (await AskingPages.Open(visitor, [AskingPages.OfNothing(page, Guid.Empty)])).ShouldBe(["/planted/987654321/undo is shown"]);
    }

    [Fact]
    public void The_page_in_the_documents_is_what_runs()
    {
        var running = AccessMatrix.Write(district.Rows, district.Roles);
        if (Environment.GetEnvironmentVariable("LEGWORK_WRITE_DOCS") == "1") File.WriteAllText(Page, running);
        AccessMatrix.Differences(File.ReadAllText(Page), running)
            .ShouldBeEmpty("LEGWORK_WRITE_DOCS=1 ./legwork test Access writes docs/access-matrix.md anew");
        AccessMatrix.TwoFaced(district.Rows).ShouldBeEmpty();
    }

    [Fact]
    public void A_server_with_a_route_that_states_no_permission_does_not_start() =>
        Should.Throw<InvalidOperationException>(() => new ServedDistrict(routes => routes.MapGet("/planted", () => "hole")))
            .Message.ShouldContain("/planted");

    [Fact]
    public async Task A_route_that_admits_more_roles_than_were_agreed_is_caught()
    {
        var wider = new Permission("access.manage_staff", Role.Administrator, Role.Clerk);
        await using var planted = new ServedDistrict(routes => routes.MapGet("/planted", () => "hole").Requires(wider));
        var rows = AccessMatrix.Of(planted.Routes);
        AccessMatrix.TwoFaced(rows).ShouldBe(["access.manage_staff"]);
        AccessMatrix.Differences(File.ReadAllText(Page), AccessMatrix.Write(rows, district.Roles)).ShouldHaveSingleItem()
            .ShouldStartWith("+ | GET `/planted` | access.manage_staff |");
    }

    private async Task<(HttpStatusCode Status, string? Code, string? Location)> Ask(Visitor visitor, MatrixRow row, bool json, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), district.Address(row));
        if (json) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (row.TakesJson) request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        else if (!row.IsSafe) request.Content = new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create("csrf", token)]);
        if (token is not null) request.Headers.Add("X-CSRF-TOKEN", token);
        using var answer = await visitor.Send(request);
        string? code = null;
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            code = JsonDocument.Parse(await Visitor.Text(answer)).RootElement.GetProperty("code").GetString();
        return (answer.StatusCode, code, answer.Headers.Location?.OriginalString);
    }
}
