using System.Text.Json;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

public class CaseColumnsTests
{
    // Stored as an instant: the clock of the district does not come back with it.
    private static readonly DateTimeOffset Now = Sample.Now.ToUniversalTime();

    private static readonly Case Bare = Opening.Decide(Office.Asked(), Office.TheRules["empty_registration"], Office.TheCalendar, Now).Value.After
        with
    { DueAt = Now.AddDays(1), FirstDueAt = Now.AddDays(1) };

    /// <summary>Every property other than in <see cref="Bare"/>, so that one without a column is noticed.</summary>
    private static readonly Case Full = new()
    {
        Id = CaseId.New(),
        Kind = "separated",
        Subject = "people/person/2",
        Origin = "f2",
        Group = "other home",
        Order = "0002",
        Reachable = true,
        Place = Office.OtherGrid,
        State = CaseState.Paused,
        Stage = Stage.Call,
        Priority = Priority.High,
        OpenedAt = Now.AddDays(-9),
        DueAt = Now.AddDays(9),
        FirstDueAt = Now.AddDays(8),
        Facts = Sample.Details(("registered", "拉萨 \"1\"")),
        AssignedTo = Guid.NewGuid(),
        NextAt = Now.AddHours(1),
        PausedAt = Now.AddHours(2),
        ClosedAt = Now.AddHours(3),
        Answer = "dead",
        Result = "dead",
        Details = Sample.Details(("date", "2026-10")),
        AnsweredBy = Guid.NewGuid(),
        AnsweredAt = Now.AddHours(4),
        Handlers = [new Handler(Guid.NewGuid(), "Clerk@540102006"), new Handler(Guid.NewGuid(), "Supervisor@540102")],
        Evidence = [EvidenceKind.Photo, EvidenceKind.Photo, EvidenceKind.Signature],
        EvidenceBytes = 5_000_000_000,
        Misses = new Misses(1, 2, 3, new DateOnly(2026, 11, 1)),
        Asked = new Asked(Request.Extension, Guid.NewGuid(), "snow"),
        Reworks = 4,
        Version = 7,
    };

    [Fact]
    public void The_full_case_differs_from_the_bare_one_in_everything_that_can_be_set() =>
        typeof(Case).GetProperties()
            .Where(property => property.SetMethod is not null && Written(property.GetValue(Bare)) == Written(property.GetValue(Full)))
            .Select(property => property.Name).ShouldBeEmpty();

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_case_comes_back_as_it_was_stored_whatever_it_holds(Engine engine)
    {
        using var office = new Office(engine);
        await office.Store.Write(session =>
        {
            CaseRows.Add(Bare).In(session).ShouldBeTrue();
            CaseRows.Add(Full).In(session).ShouldBeTrue();
            CaseRows.Add(Full with { Id = CaseId.New() }).In(session).ShouldBeFalse("an open case of the matter stands");
        });
        Written(office.Load(Bare.Id)).ShouldBe(Written(Bare));
        Written(office.Load(Full.Id)).ShouldBe(Written(Full));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_update_writes_all_that_may_change_and_only_over_the_version_expected(Engine engine)
    {
        using var office = new Office(engine);
        // What is fixed at opening stays: the update brings everything else to the full case.
        var fixedAtOpening = Full with
        {
            Id = Bare.Id,
            Kind = Bare.Kind,
            Subject = Bare.Subject,
            Origin = Bare.Origin,
            Group = Bare.Group,
            Order = Bare.Order,
            Reachable = Bare.Reachable,
            Priority = Bare.Priority,
            OpenedAt = Bare.OpenedAt,
            Facts = Bare.Facts,
        };
        await office.Store.Write(session =>
        {
            CaseRows.Add(Bare).In(session);
            CaseRows.Change(fixedAtOpening, expected: 2).In(session).ShouldBeFalse();
        });
        Written(office.Load(Bare.Id)).ShouldBe(Written(Bare));
        await office.Store.Write(session => CaseRows.Change(fixedAtOpening, expected: 1).In(session).ShouldBeTrue());
        Written(office.Load(Bare.Id)).ShouldBe(Written(fixedAtOpening));
    }

    private static string Written(object? value) => JsonSerializer.Serialize(value);
}
