using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Legwork.Host.Web;
using Legwork.Platform.Storage;

namespace Legwork.Running.Tests;

/// <summary>What stops a command is said at once, in one sentence, by the command as it is really started; nothing is made by the way.</summary>
public class BeforeWorkTests
{
    [Theory]
    [InlineData("serve --data {0}/mistyped", "begin an empty one with 'legwork serve --new'")]
    [InlineData("serve --new --data {0}/other --listen http://127.0.0.1:99999", "is no address to listen on")]
    [InlineData("serve --new --data {0}/other --listen http://127.0.0.1:{1}", "cannot be listened on")]
    [InlineData("demo --data {0}/other --listen http://127.0.0.1:{1}", "cannot be listened on")]
    [InlineData("serve --new --data /proc/legwork", "/proc/legwork cannot be written")]
    [InlineData("serve --foo --data {0}/other", "--foo")]
    [InlineData("backup --out {0} --data {0}/data", "(a folder)")]
    [InlineData("backup --out {0}/file --data {0}/data", "(a file)")]
    [InlineData("backup --out {0}/link --data {0}/data", "(a symbolic link)")]
    [InlineData("backup --out /dev/null --data {0}/data", "(a device)")]
    [InlineData("serve --new --data {0}/other --listen http://127.0.0.1:abc", "is no address to listen on")]
    [InlineData("restore {0}/none.tar --data {0}/other", "There is no file")]
    [InlineData("restore {0}/file --data {0}/other", "nothing of it was restored")]
    [InlineData("restore {0} --data {0}/other", "is a folder")]
    public async Task What_stops_a_command_is_one_sentence_before_any_work(string line, string says)
    {
        using var place = new Place(Engine.Sqlite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await File.WriteAllTextAsync(place.In("file"), "kept", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(place.In("link"), place.In("file"));
        var folder = place.Folder.TrimEnd('/');
        var (code, told) = await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, folder,
            ((IPEndPoint)taken.LocalEndpoint).Port));
        told.ShouldContain(says);
        told.ShouldNotContain("   at ");
        code.ShouldBeInRange(1, 2);
        Directory.Exists(place.In("mistyped")).ShouldBeFalse();
        Directory.Exists(place.In("other")).ShouldBeFalse();
        (await File.ReadAllTextAsync(place.In("file"), TestContext.Current.CancellationToken)).ShouldBe("kept");
    }

    [Fact]
    public async Task An_empty_database_of_the_other_engine_is_no_district_until_it_is_asked_to_be_one()
    {
        using var place = new Place(Engine.Postgres);
        string[] serve = ["serve", "--listen", "http://127.0.0.1:0", "--data", place.Options.Data, "--storage", place.Storage];
        var (code, told) = await Run(serve);
        told.ShouldContain("There is no district in that database");
        code.ShouldBe(1);
        using (var store = Store.Open(place.Storage)) store.Read(Host.Backup.TableShape.AnyDistrict).ShouldBeFalse();
        (await Run([.. serve, "--new"])).Told.ShouldContain("Nobody can sign in yet");
        (await Run(serve)).Told.ShouldContain("Nobody can sign in yet", customMessage: "now it is one");
    }

    [Fact]
    public async Task A_second_server_on_one_folder_is_refused_and_the_folder_is_its_owners_alone()
    {
        using var place = new Place(Engine.Sqlite);
        using (BeforeServing.Check(place.Options, begin: true))
        {
            var (code, told) = await Run($"serve --new --listen http://127.0.0.1:0 --data {place.Options.Data}");
            told.ShouldContain("Another server already serves");
            code.ShouldBe(1);
            File.Exists(place.Options.SqliteFile).ShouldBeFalse("before any work");
        }
        (await Run($"serve --new --listen http://127.0.0.1:0 --data {place.Options.Data}")).Told.ShouldContain("Nobody can sign in yet");
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(place.Options.Data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(place.Options.SqliteFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(place.Options.SqliteFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var (_, seen) = await Run($"doctor --data {place.Options.Data}");
        seen.ShouldContain($"others on this machine can open {place.Options.SqliteFile}");
        seen.ShouldContain($"chmod go-rwx {place.Options.SqliteFile}");
    }

    [Theory, InlineData("doctor"), InlineData("verify-log"), InlineData("backup --out {0}/b.zip")]
    public async Task A_damaged_database_is_named_and_nothing_is_made_of_it(string command)
    {
        using var place = new Place(Engine.Sqlite);
        await using (place.Open())
        {
        }
        await using (var file = new FileStream(place.Options.SqliteFile, FileMode.Open))
        {
            // Every page but the first and the last: whatever is read first is met.
            var rubbish = new byte[file.Length - 2 * 4096];
            new Random(7).NextBytes(rubbish);
            file.Position = 4096;
            file.Write(rubbish);
        }
        var (code, told) = await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, place.Folder.TrimEnd('/'))
            + $" --data {place.Options.Data}");
        told.ShouldContain("damaged");
        told.ShouldNotContain("   at ");
        code.ShouldBe(1);
        File.Exists(place.In("b.zip")).ShouldBeFalse();
    }

    private static Task<(int Code, string Told)> Run(string line) => Run(line.Split(' '));

    private static async Task<(int Code, string Told)> Run(string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
