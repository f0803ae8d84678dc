using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A server that is killed in the middle of a clinic's morning.</summary>
public class ClinicKillTests
{
    private const int Children = 40;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_number_that_was_acknowledged_is_there_once_without_a_gap_though_the_server_was_killed(Engine engine)
    {
        using var place = new Place(engine);
        IReadOnlyList<Guid> children;
        await using (var district = place.Open()) children = await Born(district, place.Folder);
        var (node, here) = await KilledNode.Serve(place);
        using var running = node;
        using var nurse = await Visitor.SignIn(here, "nurse");
        var token = await nurse.Token(here, "/clinics");
        var acknowledged = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            // Each comes twice: the second is led to the number it has, or draws it where the line broke.
            foreach (var child in children.Where((_, i) => i % 4 == worker).SelectMany(child => new[] { child, child }))
            {
                if (await Comes(nurse, here, child, token) is not { } taken) return;
                if (taken) acknowledged.Add(child);
                if (acknowledged.Distinct().Count() >= Children / 2) node.Kill();
            }
        })));
        acknowledged.Distinct().Count().ShouldBeInRange(Children / 2, Children);

        await using var after = place.Open();
        var drawn = after.GetRequiredService<Store>().Read(session =>
            session.Query<Drawn>("select person, number from clinics_visit order by number"));
        drawn.Select(one => one.Number).ShouldBe(Enumerable.Range(1, drawn.Count).Select(number => (long)number));
        drawn.Select(one => one.Person).ShouldBeUnique();
        acknowledged.Distinct().ShouldAllBe(child => drawn.Any(one => one.Person == child));
        after.GetRequiredService<Store>().Read(session => session.Scalar<long>("select last_number from clinics_day")).ShouldBe(drawn.Count);
        after.GetRequiredService<Store>().Read(session => session.Scalar<long>("select count(*) from clinics_act"))
            .ShouldBe(drawn.Count, "a visit and its history are one unit");
    }

    /// <returns>Whether the child has a number; null when the server is gone.</returns>
    private static async Task<bool?> Comes(Visitor nurse, Uri here, Guid child, string token)
    {
        try
        {
            using var answer = await nurse.Ask(HttpMethod.Post, here, "/clinics/barkhor/come", "en",
                new() { ["csrf"] = token, ["person"] = $"{child}" });
            return answer.StatusCode == HttpStatusCode.Redirect;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<Guid>> Born(IServiceProvider district, string folder)
    {
        var lists = Directory.CreateDirectory(Path.Combine(folder, "lists")).FullName;
        await File.WriteAllTextAsync(Path.Combine(lists, "户籍人口_202610.csv"), string.Join("\r\n", Enumerable.Range(1, Children).Select(Row)
            .Prepend("户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期")) + "\r\n",
            new UTF8Encoding(false));
        (await district.GetRequiredService<IRegisters>().TakeFolder(lists, Actor.System)).AllTaken.ShouldBeTrue();
        await district.GetRequiredService<DemonstrationAccounts>().Make([new("nurse", "拉姆", new Role("Vaccinator"), "540102")]);
        return district.GetRequiredService<Store>().Read(session => session.Query<Guid>("select id from people_file where state = 'open'"));
    }

    private static string Row(int n)
    {
        string[] names = ["扎西", "达瓦", "洛桑", "旦增", "索朗", "平措", "强巴", "格桑", "次仁", "顿珠", "旺堆", "群培", "多吉"];
        var (birth, name) = ($"202{n % 5}0{1 + (n % 9)}{1 + (n % 28):00}", names[n % 8] + names[8 + (n / 8 % 5)]);
        var seventeen = $"540102{birth}{(2 * n) + 1:000}";
        return $"H{n},户主,{name},,,男,{seventeen}{ResidentNumber.CheckCharacter(seventeen)},{birth},"
            + $"西藏拉萨市城关区八廓街道八廓东社区和平苑{1 + (n / 10)}栋{1 + (n % 4)}单元{100 + n}室,八廓街道,八廓东社区,540102002001-G01,20261001,,";
    }

    private sealed record Drawn(Guid Person, long Number);
}
