using Legwork.Cases.Day;
using Legwork.Cases.Pages;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Cases.Tests;

/// <summary>The server's side of the offline day, kept in memory: three cases behind two doors and one to call about.</summary>
internal sealed class DayDesk
{
    public static readonly Permission Permission = new("cases.day", new Role("GridWorker"));

    private readonly Dictionary<string, long> versions = new() { ["c1"] = 1, ["c2"] = 1, ["c3"] = 1, ["c4"] = 1 };

    private readonly SemaphoreSlim arrived = new(0);

    public List<DayItem> Received { get; } = [];

    /// <summary>Waits for the next answer that nobody waited for: a page that has nothing waiting may not have begun to send.</summary>
    public Task Next() => arrived.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Someone else moves a case on.</summary>
    public void MoveOn(string caseId) => versions[caseId]++;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/day", () => new RazorComponentResult<DayPage>(new { View = new DayView(Today(), [], 0, []) })).Requires(Permission);
        routes.MapPost("/api/day/answers", Take).Requires(Permission);
    }

    private DayResults Take(DayAnswers answers)
    {
        lock (Received) return new DayResults([.. answers.Items.Select(TakeOne)]);
    }

    private DayResult TakeOne(DayItem item)
    {
        if (Received.Any(r => r.Key == item.Key)) return new DayResult(item.Key, "already");
        if (item.Answer == "take_back")
        {
            Add(item);
            versions[item.CaseId] = item.Version;
            return new DayResult(item.Key, "taken");
        }
        if (versions[item.CaseId] != item.Version) return new DayResult(item.Key, "contradicted", "已由他人核实");
        Add(item);
        versions[item.CaseId]++;
        return new DayResult(item.Key, "taken");
    }

    private void Add(DayItem item)
    {
        Received.Add(item);
        arrived.Release();
    }

    private DayData Today()
    {
        DayChoice[] choices =
        [
            new("lives_here", "住在这里", "good"),
            new("moved_away", "已迁走", Asks: ["place"]),
            new("dead", "已去世", "grave", Evidence: ["photo", "signature"], EvidenceMin: 1),
        ];
        DayVisit Visit(string id, string door, int order, string person) => new(id, versions[id], "户主 卓嘎", door, order,
            [new DayQuestion("lives", $"{person}住在这里吗？", choices)], [new DayPerson(person, "བཀྲ་ཤིས།", "540102********0018")],
            Group: door, Href: "/left", Done: versions[id] > 2, Telephone: "089100000001");
        return new DayData(new DateOnly(2026, 11, 22), "worker-1", "扎西",
            [Visit("c3", "北京东路 8 号", 2, "次仁"), Visit("c1", "八廓街 3 号", 1, "<b>扎西</b>"), Visit("c2", "八廓街 3 号", 1, "达瓦")],
            [Visit("c4", "央宗", 1, "央宗") with
            {
                Group = null,
                Telephone = "089100000000",
                Due = "期限 2026年12月1日",
                Misses = [new("no_answer", "无人接听"), new("busy", "占线")]
            }]);
    }
}
