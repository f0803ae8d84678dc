using System.Net;
using AngleSharp.Dom;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.Tests;

public sealed class HoldPageTests : IAsyncLifetime
{
    private static readonly PersonId First = PersonId.New(), Second = PersonId.New(), Child = PersonId.New(), Lone = PersonId.New();

    private readonly LoggedDistrict district = new(Engine.Sqlite);
    private PagesHost pages = null!;
    private Visit auditor = null!;
    private string held = "";

    public async ValueTask InitializeAsync()
    {
        pages = await PagesHost.Open(services => services.AddSingleton<TimeProvider>(district.Clock)
            .AddSingleton(new PlatformPlaces("", "", district.Heads, Path.Combine(Repository.Root, "rules"),
                Path.Combine(Repository.Root, "districts", LoggedDistrict.Code), "node"))
            .AddSingleton(district.Store).AddSingleton(new AccessRules(LoggedDistrict.Code, Demonstration: false))
            .AddModules(new ModuleList(new PlatformModule()))
            .AddSingleton(district.Log).AddSingleton(district.Purposes).AddSingleton(district.Reading).AddSingleton<IFileNames, Names>(), [],
            routes => new PlatformModule().Map(routes));
        auditor = new Visit(pages.As(district.Someone(Role.Auditor), "en"));
        var clerk = district.Someone(Role.Clerk);
        await district.Log.Append(new ReadEntry(clerk.Account, clerk.Name, Role.Clerk, "counter", "people.view", [First, Child]));
        await district.Read(clerk, Lone, reference: "C-7");
    }

    [Fact]
    public async Task Whom_an_entry_names_is_chosen_by_name_and_a_childs_name_stays_hidden()
    {
        var (_, page, _) = await auditor.Get("/holds/new?node=node&seq=1");
        page.QuerySelectorAll("input[name=personChosen]").Select(choice => choice.GetAttribute("value"))
            .ShouldBe([First.ToString(), Child.ToString()], ignoreOrder: true);
        page.QuerySelectorAll("input[name=personChosen]:checked, #person").ShouldBeEmpty("two were read: neither is chosen for the auditor");
        var offered = page.QuerySelector("#personChosen")!.TextContent;
        offered.ShouldContain("扎西");
        offered.ShouldNotContain("小卓玛");
        offered.ShouldContain(Child.ToString()[^6..]);

        var (status, again, _) = await Propose(("node", "node"), ("seq", "1"), ("reason", "Telling now would impede an inquiry."));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.QuerySelector("#personChosen-error")!.TextContent.ShouldContain("Choose");
        again.QuerySelector("#reason")!.TextContent.ShouldBe("Telling now would impede an inquiry.");
        (await Propose(("node", "node"), ("seq", "1"), ("personChosen", Second.ToString()))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity, "whom the entry does not name cannot be chosen");
        (await Held(("node", "node"), ("seq", "1"), ("personChosen", First.ToString()))).ShouldBe(First);
    }

    [Fact]
    public async Task The_only_one_whom_an_entry_names_is_chosen_already()
    {
        var (_, page, _) = await auditor.Get("/holds/new?node=node&seq=2");
        page.QuerySelector("input[name=personChosen]:checked")!.GetAttribute("value").ShouldBe(Lone.ToString());
        (await Held(("node", "node"), ("seq", "2"))).ShouldBe(Lone);
    }

    [Fact]
    public async Task A_name_that_several_have_is_chosen_from_and_nothing_typed_is_lost()
    {
        var (status, page, _) = await Propose(("person", "扎西"), ("reference", "C-7"), ("basis", "刑事诉讼法"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelectorAll("input[name=personChosen]").Select(choice => choice.GetAttribute("value"))
            .ShouldBe([First.ToString(), Second.ToString()]);
        page.QuerySelectorAll("input[name=personChosen]:checked").ShouldBeEmpty();
        foreach (var (field, typed) in new[] { ("person", "扎西"), ("reference", "C-7"), ("basis", "刑事诉讼法") })
            page.QuerySelector("#" + field)!.GetAttribute("value").ShouldBe(typed);

        (status, page, _) = await Propose(("person", "无此人"), ("reference", "C-7"));
        (status, page.QuerySelector("#person")!.GetAttribute("value")).ShouldBe((HttpStatusCode.UnprocessableEntity, "无此人"));
        page.QuerySelector("#person-error")!.TextContent.ShouldContain("Nobody");

        (await Held(("person", "德吉"), ("reference", "C-7"))).ShouldBe(Lone);
        (await Held(("person", $"https://legwork.example/people/{Lone}?for=counter"), ("reference", "C-7"))).ShouldBe(Lone);
    }

    [Fact]
    public async Task Whoever_may_hold_but_not_audit_sees_no_name_and_looks_nobody_up()
    {
        auditor = new Visit(pages.As(district.Someone(Role.Administrator), "en"));
        var (_, page, _) = await auditor.Get("/holds/new?node=node&seq=1");
        page.Body!.TextContent.ShouldNotContain("扎西");
        page.QuerySelector("#personChosen")!.TextContent.ShouldContain(First.ToString()[^6..]);
        (_, page, _) = await Propose(("person", "德吉"), ("reference", "C-7"));
        page.QuerySelectorAll("input[name=personChosen]").ShouldBeEmpty();
        page.QuerySelector("#person-error").ShouldNotBeNull();
        (await Held(("node", "node"), ("seq", "2"))).ShouldBe(Lone);
    }

    [Fact]
    public async Task Whoever_approves_reads_whom_it_is_about_by_name_or_else_in_words_and_never_by_a_number()
    {
        await Held(("node", "node"), ("seq", "1"), ("personChosen", First.ToString()));
        var ofFirst = held;
        await Held(("node", "node"), ("seq", "1"), ("personChosen", Child.ToString()));
        var ofChild = held;
        await Held(("node", "node"), ("seq", "2"));
        var ofLone = held;
        var before = Looks();
        (await About(ofFirst, Role.Auditor)).ShouldBe("扎西");
        Looks().ShouldBe(before + 1, "whoever looked at the name is in the log");
        (await About(ofChild, Role.Auditor)).ShouldStartWith("A file of Jiri");
        (await About(ofFirst, Role.Administrator)).ShouldStartWith("A file of Barkhor");
        (await About(ofLone, Role.Administrator)).ShouldStartWith("A file without a known place");
        Looks().ShouldBe(before + 1, "without a name nothing was looked at");

        long Looks() => district.Store.Read(session => session.Scalar<long>("""
            select count(*) from readlog_subject s join readlog_entry e on e.node = s.node and e.seq = s.seq
            where e.purpose = 'audit' and s.person = @First
            """, new { First = First.Value }));

        async Task<string> About(string hold, Role role)
        {
            var (_, page, _) = await new Visit(pages.As(district.Someone(role), "en")).Get(hold);
            foreach (var file in new[] { First, Child, Lone }) page.QuerySelector("main")!.TextContent.ShouldNotContain(file.ToString());
            return page.QuerySelector("main dd")!.TextContent.Trim();
        }
    }

    private Task<(HttpStatusCode Status, IDocument Page, string? Location)> Propose(params (string Field, string Text)[] typed) =>
        auditor.Send("/holds/new", "/holds/new", typed.ToDictionary(field => field.Field, field => field.Text));

    private async Task<PersonId> Held(params (string Field, string Text)[] typed)
    {
        var (status, page, location) = await Propose([.. typed, ("reason", "Telling now would impede an inquiry."), ("basis", "刑事诉讼法"),
            ("until", "2026-12-31")]);
        status.ShouldBe(HttpStatusCode.Redirect, page.Body!.TextContent);
        held = location!;
        return (await district.Store.ReadAsync(session => HoldRecords.FindAsync(session, Guid.Parse(held.Split('/')[^1])),
            TestContext.Current.CancellationToken))!.Person;
    }

    public async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync();
        await district.DisposeAsync();
    }

    private sealed class Names : IFileNames
    {
        private static readonly (PersonId File, string Name, bool IsChild, string Street)[] All =
        [
            (First, "扎西", false, "540102002"), (Second, "扎西", false, ""), (Child, "小卓玛", true, "540102003"), (Lone, "德吉", false, ""),
        ];

        public Task<IReadOnlyList<(PersonId File, string Name, bool IsChild, string Street)>> Of(IReadOnlyList<PersonId> files,
            CancellationToken cancel) => Task.FromResult<IReadOnlyList<(PersonId, string, bool, string)>>(
            [.. All.Where(one => files.Contains(one.File))]);

        public Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<PersonId>>([.. All.Where(one => one.Name == name).Select(one => one.File)]);
    }
}
