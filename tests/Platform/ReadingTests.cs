using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class ReadingTests
{
    private static readonly Permission View = new("people.view", Role.Clerk, Role.Supervisor, Role.Citizen, Role.Administrator);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_purpose_opens_is_shown_only_after_the_look_is_in_the_log(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var person = PersonId.New();
        var mask = (await district.Reading.Of(district.Someone(Role.Clerk), View, "counter", [person],
            ["name", "number_masked"], reference: "C-7")).Value;

        var read = (await district.Reads.Of(person, [], TestContext.Current.CancellationToken)).Reads.Single();
        (read.Purpose, read.Act, read.Role, read.Reference).ShouldBe(("counter", "people.view", Role.Clerk, "C-7"));
        mask.Allowed("name").ShouldBeTrue();
        mask.Show("number_masked", "540102********0018").ShouldBe("540102********0018");
        mask.Show("phone", "13900000000").ShouldBeNull("it was not asked for");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_field_outside_the_purpose_is_caught_before_anything_is_read(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var breach = await Should.ThrowAsync<FieldOutsidePurposeException>(district.Reading.Of(district.Someone(Role.Clerk), View,
            "counter", [PersonId.New()], ["name", "health"]));
        (breach.FieldName, breach.PurposeCode).ShouldBe(("health", "counter"));
        await Should.ThrowAsync<KeyNotFoundException>(district.Reading.Of(district.Someone(Role.Clerk), View,
            "counter", [PersonId.New()], ["shoe_size"]));
        district.Verify().Entries.ShouldBe(0);
    }

    [Theory]
    [InlineData("Supervisor", "counter")]
    [InlineData("Clerk", "own_file")]
    [InlineData("Auditor", "adjudicate")]
    [InlineData("Clerk", "curiosity")]
    public async Task A_purpose_that_is_not_the_roles_own_opens_nothing_and_is_not_logged(string role, string purpose)
    {
        await using var district = new LoggedDistrict(Engine.Sqlite);
        (await district.Reading.Of(district.Someone(new Role(role)), View, purpose,
            [PersonId.New()])).Refusal!.Code.ShouldBe("access.purpose.denied");
        district.Verify().Entries.ShouldBe(0);
    }

    [Fact]
    public async Task Custody_and_illness_are_hidden_from_every_role_but_the_person()
    {
        await using var district = new LoggedDistrict(Engine.Sqlite);
        foreach (var field in new[] { "custody", "health" })
        {
            district.Purposes.All.Where(purpose => purpose.Opens(field)).Select(purpose => purpose.Code).ShouldBe(["own_file"]);
            LoggedDistrict.Rules.Roles
                .Where(role => district.Fields[field].For(role, under14: false)).ShouldBe([Role.Citizen]);
        }
    }

    [Fact]
    public async Task Of_a_child_a_role_sees_only_what_it_needs()
    {
        await using var district = new LoggedDistrict(Engine.Sqlite);
        var export = new Permission("people.export", Role.Administrator, Role.Clerk);
        var administrator = (await district.Reading.OfAll(district.Someone(Role.Administrator), export, "export", LoggedDistrict.Code)).Value;
        administrator.Allowed("name").ShouldBeTrue();
        administrator.Of(under14: true).Allowed("name").ShouldBeFalse();
        (await district.Reading.OfAll(district.Someone(Role.Clerk), export, "export", LoggedDistrict.Code)).Value.Of(under14: true)
            .Allowed("name").ShouldBeTrue();
    }
}
