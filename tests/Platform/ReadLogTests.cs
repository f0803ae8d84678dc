using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class ReadLogTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_log_that_nobody_touched_verifies(Engine engine)
    {
        using var log = await Written.Log(engine);
        var verdict = log.Verify();
        verdict.Faults.ShouldBeEmpty();
        verdict.Entries.ShouldBe(90);
        verdict.Chains.ShouldBe(2);
        log.Store.Read(s => s.Scalar<long>("select count(*) from readlog_subject where person = @Person", new { log.Person })).ShouldBe(90);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_flipped_bit_is_found(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s => s.Execute("update readlog_entry set purpose = 'Other' where node = 'a' and seq = 7"));
        log.Verify().Faults.ShouldContain(fault => fault.StartsWith("a: entry 7"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_hidden_entry_is_found(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s => s.Execute("delete from readlog_subject where node = 'a' and seq = 7"));
        log.Verify().Whole.ShouldBeFalse();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_read_that_is_hung_on_another_person_is_found(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s => s.Execute("update readlog_subject set person = @other where node = 'a' and seq = 7 and person = @Person",
            new { other = PersonId.New(), log.Person }));
        log.Verify().Faults.ShouldContain(fault => fault.Contains("hidden from its person"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_missing_entry_is_found(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s =>
            s.Execute("delete from readlog_entry where node = 'a' and seq = 7; delete from readlog_subject where node = 'a' and seq = 7"));
        log.Verify().Faults.ShouldContain("a: entry 7 is missing; the next is 8.");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_auditors_copy_shows_a_rewrite_by_whoever_holds_the_signing_key(Engine engine)
    {
        using var log = await Written.Log(engine);
        log.Export("copy");
        await log.Store.Write(s => s.Execute("delete from readlog_entry; delete from readlog_subject; delete from readlog_head"));
        await log.Write("a", 60, heads: "heads-of-the-forger");
        await log.Write("b", 30, heads: "heads-of-the-forger");
        log.Verify("heads-of-the-forger").Whole.ShouldBeTrue("the forger's own papers agree");
        log.Verify("copy").Faults.ShouldContain(fault => fault.Contains("rewritten"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_cut_tail_is_found_even_when_the_head_inside_was_cut_too(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s =>
        {
            s.Execute("delete from readlog_entry where node = 'a' and seq > 20");
            s.Execute("delete from readlog_subject where node = 'a' and seq > 20");
            s.Execute("delete from readlog_head where node = 'a'");
        });
        log.Verify().Faults.ShouldContain(fault => fault.Contains("tail was cut"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_wholesale_rewrite_is_found(Engine engine)
    {
        using var log = await Written.Log(engine);
        await log.Store.Write(s => s.Execute("delete from readlog_entry; delete from readlog_subject; delete from readlog_head"));
        await log.Write("a", 60, keyName: "forged.key", heads: "elsewhere");
        log.Verify().Whole.ShouldBeFalse();
        log.Verify().Faults.ShouldContain(fault => fault.Contains("rewritten") || fault.Contains("not signed"));
    }

    /// <summary>Two nodes' chains over one storage, as a district with two servers has them.</summary>
    private sealed class Written : IDisposable
    {
        private readonly TestStore district;
        private readonly string folder = Directory.CreateTempSubdirectory("legwork-heads-").FullName;

        private Written(TestStore district) => this.district = district;

        public Store Store => district.Store;

        public PersonId Person { get; } = PersonId.New();

        public static async Task<Written> Log(Engine engine)
        {
            var written = new Written(TestStore.Open(engine));
            await Task.WhenAll(written.Write("a", 60), written.Write("b", 30));
            return written;
        }

        public async Task Write(string node, int count, string keyName = "log.key", string heads = "heads")
        {
            using var signer = LogSigner.At(Path.Combine(folder, keyName));
            await using var log = new ReadLog.ReadLog(Store, signer, TimeProvider.System, node, Path.Combine(folder, heads));
            await Task.WhenAll(Enumerable.Range(0, count).Select(i => log.Append(
                new ReadEntry(Guid.NewGuid(), "央金", Role.Clerk, "counter", "people.view", [Person, PersonId.New()], Detail: $"{i}"))));
        }

        public void Export(string heads)
        {
            using var signer = LogSigner.At(Path.Combine(folder, "log.key"));
            ExportHeads.Run(Store, signer, Path.Combine(folder, heads)).Count.ShouldBe(2);
        }

        public LogVerdict Verify(string heads = "heads")
        {
            using var signer = LogSigner.At(Path.Combine(folder, "log.key"));
            return LogVerdict.On(Store, signer.PublicKey, [Path.Combine(folder, heads)]);
        }

        public void Dispose()
        {
            district.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}
