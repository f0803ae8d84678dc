using Legwork.Host.Bench;
using Legwork.Platform.Modules;

namespace Legwork.Running.Tests;

public class BenchTableTests
{
    [Fact]
    public void A_page_shows_the_newest_run_first_a_few_earlier_ones_and_the_peer()
    {
        string? page = null;
        for (var hour = 1; hour <= BenchTable.RunsMax + 2; hour++)
            page = BenchTable.With(page, "cases", "Case transitions.", Run(hour, "sqlite", 1000 * hour));
        page = BenchTable.With(page, "cases", "Case transitions.", Run(9, "postgres", 500));

        var lines = page.Split('\n');
        lines[0].ShouldBe("# cases");
        lines[6].ShouldBe("|  | 2026-11-22 09:00 postgres | 2026-11-22 06:00 sqlite | 2026-11-22 05:00 sqlite | 2026-11-22 04:00 sqlite | "
            + "2026-11-22 03:00 sqlite | peer |");
        lines[8].ShouldStartWith("| machine | Xeon, 2 cores | Xeon, 2 cores |");
        lines[9].ShouldBe("| transitions | 500 /s | 6,000 /s | 5,000 /s | 4,000 /s | 3,000 /s | 3,430 /s (plain SQL) |");
        lines[10].ShouldBe("| p99 | 0.5 ms | 6 ms | 5 ms | 4 ms | 3 ms |  |");
        page.ShouldNotContain("02:00");
    }

    [Fact]
    public void A_figure_that_one_run_lacks_is_a_dash_and_words_below_the_table_stay()
    {
        var page = BenchTable.With(null, "cases", "Case transitions.", Run(1, "sqlite", 1000)) + "\n## Why\n\n| a | table of words |\n|---|---|\n";
        page = BenchTable.With(page, "cases", "Case transitions.", new BenchRun(At(2), "sqlite", "Xeon, 2 cores", [new Measured("worst", 7, "ms")]));
        page.ShouldContain("| transitions | – | 1,000 /s | 3,430 /s (plain SQL) |");
        page.ShouldContain("| worst | 7 ms | – |  |");
        page.ShouldEndWith("\n## Why\n\n| a | table of words |\n|---|---|\n");
        BenchTable.With(page, "cases", "Case transitions.", Run(2, "sqlite", 1000))
            .Split("2026-11-22 02:00").Length.ShouldBe(2, "a run recorded again takes its own place");
    }

    private static DateTimeOffset At(int hour) => new(2026, 11, 22, hour, 0, 0, TimeSpan.Zero);

    private static BenchRun Run(int hour, string storage, double perSecond) => new(At(hour), storage, "Xeon, 2 cores",
        [new Measured("transitions", perSecond, "/s", 3430, "plain SQL"), new Measured("p99", perSecond / 1000, "ms")]);
}
