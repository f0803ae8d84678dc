using System.Net;
using System.Reflection;
using System.Threading.Channels;
using Legwork.Host;
using Legwork.Host.Practice;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

public sealed class PracticeTests : IDisposable
{
    private static readonly TimeOnly Wipe = new(2, 30);

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private readonly string root = Directory.CreateTempSubdirectory("legwork-practice-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("2026-11-30T01:00:00+08:00", "2026-11-30T02:30:00+08:00")]
    [InlineData("2026-11-30T02:29:59+08:00", "2026-11-30T02:30:00+08:00")]
    [InlineData("2026-11-30T02:30:00+08:00", "2026-12-01T02:30:00+08:00")]
    [InlineData("2026-12-31T23:00:00+08:00", "2027-01-01T02:30:00+08:00")]
    public void It_is_wiped_every_night_at_the_hour_by_the_districts_clock(string now, string next) =>
        PracticeHouse.NextWipe(DateTimeOffset.Parse(now), Wipe).ShouldBe(DateTimeOffset.Parse(next));

    [Fact]
    public void No_setting_by_which_anything_could_leave_or_reach_the_districts_own_data_is_taken_over()
    {
        var real = new DistrictOptions();
        string[] taken = [nameof(DistrictOptions.Listen), nameof(DistrictOptions.District), nameof(DistrictOptions.Real)];
        foreach (var setting in Texts()) setting.SetValue(real, "of the district itself");
        real.Real = "https://real.example";
        var (house, plain) = (House(real, _ => { }), new DistrictOptions());
        var copy = house.Of(Path.Combine(root, "copy"), DateTimeOffset.MaxValue);
        foreach (var setting in Texts().Where(setting => setting.Name != nameof(DistrictOptions.Data)))
            setting.GetValue(copy).ShouldBe(setting.GetValue(taken.Contains(setting.Name) ? real : plain), setting.Name);
        (copy.Data, copy.Demonstration, copy.RulesOfAccess().Practice).ShouldBe((Path.Combine(root, "copy"), true, true));
        copy.StorageWhere.ShouldStartWith(root);
        copy.KeysFolder.ShouldStartWith(root);

        static IEnumerable<PropertyInfo> Texts() =>
            typeof(DistrictOptions).GetProperties().Where(setting => setting.PropertyType == typeof(string) && setting.CanWrite);
    }

    [Fact]
    public void Only_what_carries_the_mark_is_wiped_and_a_copy_cut_short_is_none()
    {
        var folder = new PracticeFolder(Path.Combine(root, "practice"));
        var night = new DateTimeOffset(2026, 11, 30, 2, 30, 0, TimeSpan.FromHours(8));
        var (old, cut) = (folder.Begin(night.AddDays(-1)), folder.Begin(night.AddMinutes(1)));
        PracticeFolder.Finish(old);
        folder.Current(night).ShouldBeNull("one is too old, the other was never finished");
        var whole = folder.Begin(night.AddMinutes(2));
        PracticeFolder.Finish(whole);
        folder.Current(night).ShouldBe(whole);
        var foreign = Directory.CreateDirectory(Path.Combine(folder.Root, "20261130-023300")).FullName;
        File.WriteAllText(Path.Combine(foreign, "district.db"), "somebody's own");

        folder.Wipe(but: whole);
        Directory.GetDirectories(folder.Root).ShouldBe([whole, foreign], ignoreOrder: true);
        (Directory.Exists(old), Directory.Exists(cut)).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_copy_is_marked_on_every_page_and_what_was_practised_is_gone_after_the_night()
    {
        using var over = new CancellationTokenSource();
        var (clock, open) = (new ManualClock(), Channel.CreateUnbounded<WebApplication>());
        PracticeHouse? house = null;
        house = House(new DistrictOptions { Listen = "http://127.0.0.1:0", Data = Path.Combine(root, "real"), Real = "https://real.example" },
            said => { if (said.StartsWith(PracticeHouse.OpenAt, StringComparison.Ordinal)) open.Writer.TryWrite(house!.Open!); }, clock);
        var running = house.Run(over.Token);
        _ = running.ContinueWith(ended => open.Writer.TryComplete(ended.Exception), TaskScheduler.Default);
        var first = await open.Reader.ReadAsync(Over);
        var address = first.Urls.Single();
        using (var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) })
        {
            foreach (var page in new[] { "/sign-in", "/transparency", "/nowhere" })
            {
                using var asked = new HttpRequestMessage(HttpMethod.Get, page);
                asked.Headers.Add("Accept", "text/html");
                var text = WebUtility.HtmlDecode(await (await http.SendAsync(asked, Over)).Content.ReadAsStringAsync(Over));
                text.ShouldContain("<title>【练习】");
                text.ShouldContain("练习环境");
                text.ShouldContain("href=\"https://real.example\"");
            }
        }
        first.Services.GetRequiredService<AccessRules>().Practice.ShouldBeTrue();
        var practised = first.Services.GetRequiredService<DistrictOptions>().Data;
        File.Exists(Path.Combine(practised, "district.db")).ShouldBeTrue();

        clock.Pass(PracticeHouse.NextWipe(clock.GetUtcNow(), Wipe) - clock.GetUtcNow());
        var second = await open.Reader.ReadAsync(Over);
        second.Services.GetRequiredService<DistrictOptions>().Data.ShouldNotBe(practised);
        Directory.Exists(practised).ShouldBeFalse("what was practised is deleted");
        second.Services.GetRequiredService<Store>().Read(session => session.Scalar<long>("select count(*) from access_session")).ShouldBe(0);
        await over.CancelAsync();
        await running;
    }

    private PracticeHouse House(DistrictOptions real, Action<string> say, TimeProvider? clock = null) =>
        new(real, new PracticeFolder(Path.Combine(root, "practice")), people: 100, Wipe, clock ?? TimeProvider.System, say);
}
