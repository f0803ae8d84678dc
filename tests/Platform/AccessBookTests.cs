using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Tests;

public class AccessBookTests
{
    private const string Base = """
        roles: { clerk: { level: district }, citizen: { level: district } }
        retention: { file: { keep_days: 10, min_days: 5, basis: none } }
        fields:
          name: { sensitivity: personal, under_14: [clerk], retention: file }
          number: { sensitivity: grave, needed_by: [clerk], under_14: [], retention: file }
        purposes: { look: { zh: 看, bo: ལྟ།, en: Look, roles: [clerk], fields: [name, number], basis: none } }
        """;

    [Theory]
    [InlineData("fields: { name: { sensitivity: personal, under_14: [clerk], retention: file } }", "the field 'name' is claimed by people already")]
    [InlineData("roles: { clerk: { level: street } }", "the role 'clerk' is claimed by people already")]
    [InlineData("purposes: { look: { zh: 看, bo: ལྟ།, en: Look, roles: [clerk], fields: [], basis: none } }",
        "the purpose 'look' is claimed by people already")]
    [InlineData("retention: { file: { keep_days: 10, min_days: 5, basis: none } }", "the record 'file' is claimed by people already")]
    [InlineData("purposes: { pry: { zh: 看, bo: ལྟ།, en: Pry, roles: [clerk], fields: [shoe_size], basis: none } }",
        "opens the field 'shoe_size', which is not listed")]
    [InlineData("purposes: { pry: { zh: 看, bo: ལྟ།, en: Pry, roles: [citizen], fields: [number], basis: none } }",
        "opens 'number' to roles that do not need it")]
    [InlineData("fields: { dose: { sensitivity: grave, under_14: [], retention: file } }", "opened by no purpose")]
    [InlineData("fields: { dose: { sensitivity: grave, under_14: [], retention: dust, opened_by: [look] } }",
        "kept as 'dust', which nobody declares")]
    [InlineData("fields: { dose: { sensitivity: mild, under_14: [], retention: file, opened_by: [look] } }",
        "access.yaml of later:1: fields.dose.sensitivity: 'mild' is none of ordinary, personal, sensitive, grave")]
    [InlineData("fields: { dose: { sensitivity: grave, under_14: [janitor], retention: file, opened_by: [look] } }", "unknown role 'janitor'")]
    [InlineData("fields: { dose: { sensitivity: grave, under_14: [], retention: file, opened_by: [gaze] } }",
        "the purpose 'gaze', which nobody declares")]
    [InlineData("roles: { nurse: { level: street, of_children: [shoe_size] } }", "a field that nobody declares")]
    [InlineData("roles: { nurse: { level: village } }", "roles.nurse.level: 'village' is none of city, district, street, community, grid")]
    [InlineData("roles: { nurse: { level: street, may: [all] } }", "'may' is not known here")]
    [InlineData("privileges: {}", "'privileges' is not known here")]
    public void What_two_modules_claim_or_nobody_declares_is_refused_by_name(string later, string because) =>
        Should.Throw<FormatException>(() => AccessBook.Of(("people", Base), ("later", later))).Message.ShouldContain(because);

    [Fact]
    public void A_later_module_opens_its_own_fields_under_earlier_purposes_and_asks_for_earlier_fields_for_its_own_role()
    {
        var book = AccessBook.Of(("people", Base), ("later", """
            roles: { nurse: { level: street, needs: [number], of_children: [name] } }
            fields: { dose: { sensitivity: sensitive, needed_by: [nurse, clerk], under_14: [nurse], opened_by: [look], retention: file } }
            """));
        var nurse = Role.Named("nurse");
        book.Purposes["look"].Fields.ShouldBe(["name", "number", "dose"], ignoreOrder: true);
        book.Fields["number"].For(nurse, under14: false).ShouldBeTrue();
        book.Fields["number"].For(Role.Citizen, under14: false).ShouldBeFalse();
        book.Fields["name"].For(nurse, under14: true).ShouldBeTrue();
        book.Fields["dose"].For(Role.Clerk, under14: true).ShouldBeFalse();
        book.Rules.Single(rule => rule.Role == nurse).Module.ShouldBe("later");
    }

    [Fact]
    public void An_earlier_file_cannot_name_what_comes_later() =>
        Should.Throw<FormatException>(
            () => AccessBook.Of(("first", "fields: { name: { sensitivity: personal, under_14: [clerk], retention: file } }"), ("people", Base)))
            .Message.ShouldContain("unknown role 'clerk'");

    [Fact]
    public void Two_modules_of_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new ModuleList(new PlatformModule(), new Twin())).Message.ShouldContain("'platform'");

    [Fact]
    public void A_role_is_written_in_rules_as_in_code() =>
        (Role.Named("grid_worker").Code, new Role("GridWorker").Word, Role.Named("clerk")).ShouldBe(("GridWorker", "grid_worker", Role.Clerk));

    private sealed class Twin : IModule
    {
        public string Name => "platform";

        public void Add(IServiceCollection services)
        {
        }

        public void Map(IEndpointRouteBuilder routes)
        {
        }
    }
}
