using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class RetentionTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_over_its_time_goes_and_the_rest_of_the_log_still_verifies(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, person) = (district.Someone(Role.Clerk), PersonId.New());
        for (var i = 0; i < 5; i++) await district.Read(clerk, person);
        district.Clock.Advance(TimeSpan.FromDays(1828));
        await district.Read(clerk, person);

        (await Broom(district).Sweep()).Single(swept => swept.Kind == "read_log").Deleted.ShouldBe(5);
        var verdict = district.Verify();
        verdict.Faults.ShouldBeEmpty();
        verdict.Entries.ShouldBe(1);
        (await district.Reads.Of(person, [], TestContext.Current.CancellationToken)).Count.ShouldBe(1);

        await district.Read(clerk, person);
        (await Broom(district).Sweep()).ShouldAllBe(swept => swept.Deleted == 0);
        district.Verify().Entries.ShouldBe(2);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_old_head_does_not_pass_for_leave_to_forget_what_came_before_it(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, person) = (district.Someone(Role.Clerk), PersonId.New());
        await district.Read(clerk, person);
        await district.Store.Write(
            session => session.Execute(
                "insert into readlog_checkpoint (node, seq, at, hash, signature) select node, seq, at, hash, signature from readlog_head"));
        await district.Read(clerk, person);
        await district.Store.Write(session =>
        {
            session.Execute("delete from readlog_entry where seq = 1");
            session.Execute("delete from readlog_subject where seq = 1");
        });
        district.Verify().Faults.ShouldContain(fault => fault.Contains("pruned up to 1 is not signed"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_auditors_head_at_the_edge_of_what_was_pruned_must_be_the_hash_that_the_checkpoint_gives(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, person) = (district.Someone(Role.Clerk), PersonId.New());
        await district.Read(clerk, person);
        var copy = Path.Combine(district.Heads, "auditor.jsonl");
        File.WriteAllText(copy, File.ReadAllText(Path.Combine(district.Heads, "node.latest")));
        district.Clock.Advance(TimeSpan.FromDays(1828));
        await Broom(district).Sweep();
        district.Verify().Faults.ShouldBeEmpty("the auditor's head is where the log was cut, and agrees");

        var other = new byte[32];
        File.WriteAllText(copy, new Head("node", 1, 1, other, district.Signer.Sign("node", 1, 1, other)).ToLine() + "\n");
        district.Verify().Faults.ShouldContain("node: the chain at 1 is not the one that was signed: the log was rewritten.");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_withheld_is_not_pruned_before_it_can_be_seen(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var person = PersonId.New();
        await district.Read(district.Someone(Role.Clerk), PersonId.New());
        await district.Read(district.Someone(Role.Clerk), person);
        await district.Read(district.Someone(Role.Clerk), PersonId.New());
        district.Clock.Advance(TimeSpan.FromDays(1820));
        var hold = (await district.Withhold.Propose(district.Someone(Role.Auditor), new HoldTarget(person, "node", 2, null),
            "A reason of some length.", "art. 35", district.Clock.Today().AddDays(60))).Value;
        await district.Withhold.Approve(district.Someone(Role.Administrator), hold);
        district.Clock.Advance(TimeSpan.FromDays(10));

        (await Broom(district).Sweep()).Single(swept => swept.Kind == "read_log").Deleted.ShouldBe(1);
        await district.Withhold.Lift(district.Someone(Role.Auditor), hold);
        (await Broom(district).Sweep()).Single(swept => swept.Kind == "read_log").Deleted.ShouldBe(2);
        district.Verify().Faults.ShouldBeEmpty();
    }

    [Fact]
    public void The_log_of_reads_is_never_kept_for_less_than_three_years()
    {
        var rules = File.ReadAllText(Path.Combine(Repository.Root, "src", "Platform", "Rules", "access.yaml"));
        Should.Throw<FormatException>(() => AccessBook.Of(("platform", rules.Replace("keep_days: 1827", "keep_days: 1000")))).Message
            .ShouldContain("'read_log' is kept 1000 days");
    }

    [Fact]
    public async Task A_kind_that_is_said_to_be_swept_has_a_broom()
    {
        await using var district = new LoggedDistrict(Engine.Sqlite);
        await Should.ThrowAsync<InvalidOperationException>(new Retention([new Kept("dust", 1, Swept: true, "none")], [],
            district.Store, district.Clock).Sweep());
    }

    [Fact]
    public async Task A_broom_sweeps_on_until_it_finds_nothing_more()
    {
        await using var district = new LoggedDistrict(Engine.Sqlite);
        var left = 5;
        var broom = new Sweeper("dust", (_, _) => Math.Min(2, left) is var some && (left -= some) >= 0 ? some : 0);
        (await new Retention([new Kept("dust", 1, Swept: true, "none")], [broom], district.Store, district.Clock).Sweep())
            .ShouldBe([("dust", 5L)]);
        left.ShouldBe(0);
    }

    private static Retention Broom(LoggedDistrict district) => new(LoggedDistrict.Rules.Kept,
        Retention.OfPlatform(district.Signer, district.Clock), district.Store, district.Clock);
}
