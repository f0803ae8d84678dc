using System.IO.Compression;
using System.Security.Cryptography;
using Legwork.Demo;
using Legwork.Host.Backup;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

public class BackupTests
{
    private const string Number = "540102199001010011";
    private const string Passphrase = "a long passphrase";

    private static readonly SharedStart Few = new(TestStore.Bare, Fill);

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Sqlite)]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    [InlineData(Engine.Postgres, Engine.Postgres)]
    public async Task A_restored_district_has_every_row_a_whole_log_and_numbers_that_open_with_its_keys(Engine from, Engine to)
    {
        using var old = await Filled(from);
        using var restored = new Place(to);
        var archive = await Archive(old, withKeys: true);
        if (to == Engine.Sqlite)
        {
            // As the database of the other engine, which somebody has made beforehand and which is empty.
            Directory.CreateDirectory(restored.Options.Data);
            await File.WriteAllBytesAsync(restored.Options.SqliteFile, [], TestContext.Current.CancellationToken);
        }

        (await new RestoreBackup(restored.Options, TimeProvider.System)
            .From(archive, "not the passphrase")).Refusal!.Code.ShouldBe("backup.passphrase");
        var outcome = await new RestoreBackup(restored.Options, TimeProvider.System).From(archive, Passphrase);

        outcome.Ok.ShouldBeTrue(outcome.Refusal?.ToString());
        outcome.Value.Log.Faults.ShouldBeEmpty();
        outcome.Value.Log.Entries.ShouldBeGreaterThan(0);
        var counts = restored.Counts();
        counts["people_file"].ShouldBeGreaterThan(100);
        counts.ShouldBe(old.Counts());
        await using var district = restored.Open();
        district.GetRequiredService<IDemonstrationPeople>().Someone().ShouldBe(await SomeoneOf(old));
        district.GetRequiredService<NumberVault>().Open(Sealed(district)).ShouldBe(Number);
        // New rows are numbered after the restored ones.
        await district.GetRequiredService<Store>()
            .Write(session => session.Execute("insert into platform_event (kind, body, at) values ('test', '{}', 0)"));
    }

    [Fact]
    public async Task Without_the_keys_a_restored_district_gives_no_number_and_does_not_open_under_new_ones()
    {
        using var old = await Filled(Engine.Sqlite);
        using var restored = new Place(Engine.Sqlite);
        var archive = await Archive(old, withKeys: false);
        (await new RestoreBackup(restored.Options, TimeProvider.System).From(archive, null)).Value.WithKeys.ShouldBeFalse();

        using (var text = new StreamReader(File.OpenRead(archive)))
            (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Number);
        Should.Throw<CannotOpenException>(restored.Open).Message.ShouldContain("master.key");
        Directory.Exists(restored.Options.KeysFolder).ShouldBeFalse();
        var other = new NumberVault(new MasterKey(RandomNumberGenerator.GetBytes(32)));
        Should.Throw<CryptographicException>(() => other.Open(SealedIn(restored)));
        Directory.CreateDirectory(restored.Options.KeysFolder);
        foreach (var key in Directory.GetFiles(old.Options.KeysFolder))
            File.Copy(key, Path.Combine(restored.Options.KeysFolder, Path.GetFileName(key)));
        await using var district = restored.Open();
        district.GetRequiredService<NumberVault>().Open(Sealed(district)).ShouldBe(Number);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_district_is_never_overwritten(Engine engine)
    {
        using var old = await Filled(engine);
        var archive = await Archive(old, withKeys: true);
        var before = old.Counts();
        (await new RestoreBackup(old.Options, TimeProvider.System).From(archive, Passphrase)).Refusal!.Code.ShouldBe("backup.not_empty");
        old.Counts().ShouldBe(before);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_by_name_and_leaves_nothing()
    {
        using var old = await Filled(Engine.Sqlite);
        var whole = await File.ReadAllBytesAsync(await Archive(old, withKeys: false), TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            using var place = new Place(Engine.Sqlite);
            var at = random.Next(whole.Length);
            var damaged = i % 2 == 0 ? whole[..at] : [.. whole[..at], (byte)(whole[at] ^ 0x55), .. whole[(at + 1)..]];
            await File.WriteAllBytesAsync(place.In("b.zip"), damaged, TestContext.Current.CancellationToken);
            var outcome = await new RestoreBackup(place.Options, TimeProvider.System).From(place.In("b.zip"), null);
            // A changed bit in a date or a comment of the zip itself harms nothing; everything else is refused.
            if (outcome.Ok)
            {
                outcome.Value.Log.Whole.ShouldBeTrue();
                continue;
            }
            File.Exists(place.Options.SqliteFile).ShouldBeFalse($"byte {at}");
            outcome.Refusal!.Code.ShouldBeOneOf("backup.damaged", "backup.newer");
        }
    }

    [Fact]
    public async Task An_archive_whose_rows_were_exchanged_does_not_pass_for_the_one_that_was_written()
    {
        using var old = await Filled(Engine.Sqlite);
        var archive = await Archive(old, withKeys: false);
        using (var zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            zip.GetEntry("tables/people_file.csv")!.Delete();
            zip.CreateEntry("tables/people_file.csv");
        }
        using var place = new Place(Engine.Sqlite);
        var refusal = (await new RestoreBackup(place.Options, TimeProvider.System).From(archive, null)).Refusal!;
        refusal.ToString().ShouldContain("people_file");
    }

    private static async Task<Place> Filled(Engine engine) => new(await Few.Copy(engine));

    private static async Task Fill(TestStore start)
    {
        var place = new Place(start);
        DemoDistrict.Write(place.In("registers"), place.In("truth"), new DemoOptions { Insured = 150, Grids = 12, Seed = 3 });
        await using var district = place.Open();
        (await district.GetRequiredService<IRegisters>().TakeFolder(place.In("registers"), Actor.System)).AllTaken.ShouldBeTrue();
        var stored = Convert.ToBase64String(district.GetRequiredService<NumberVault>().Seal(Number));
        await district.GetRequiredService<Store>()
            .Write(session => session.Execute("insert into platform_setting (name, value) values ('number', @stored)", new { stored }));
    }

    private static async Task<string> Archive(Place place, bool withKeys)
    {
        await using var district = place.Open();
        await new MakeBackup(place.Options, district.GetRequiredService<Store>(), district.GetRequiredService<ReadLog>(),
            TimeProvider.System).To(place.In("backup.zip"), withKeys ? Passphrase : null);
        return place.In("backup.zip");
    }

    private static async Task<Someone?> SomeoneOf(Place place)
    {
        await using var district = place.Open();
        return district.GetRequiredService<IDemonstrationPeople>().Someone();
    }

    private static byte[] Sealed(IServiceProvider district) => Convert.FromBase64String(
        district.GetRequiredService<Store>().Read(session => session.Single<string>("select value from platform_setting where name = 'number'")));

    private static byte[] SealedIn(Place place)
    {
        using var store = Store.Open(place.Options.StorageWhere);
        return Convert.FromBase64String(store.Read(session => session.Single<string>("select value from platform_setting where name = 'number'")));
    }
}
