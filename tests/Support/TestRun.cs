namespace Legwork.Support;

/// <summary>How much this run of the tests does: <c>./legwork test</c> all, <c>./legwork test --quick</c> one engine and no browser.</summary>
public static class TestRun
{
    public static bool Quick { get; } = Environment.GetEnvironmentVariable("LEGWORK_TEST_QUICK") == "1";

    /// <summary>How often what is random is tried: a quick run takes the first of the same trials, since their seed is fixed.</summary>
    public static int Times(int whole, int quick) => Quick ? quick : whole;

    /// <summary>The test is skipped with a sentence where no browser is to be opened.</summary>
    public static void Browser() => Assert.SkipWhen(Quick, "No browser is opened in a quick run: ./legwork test opens one.");

    /// <summary>A connection string that may create databases; the test is skipped with a sentence where there is none.</summary>
    public static string Postgres()
    {
        Assert.SkipWhen(Quick, "PostgreSQL is not asked in a quick run: ./legwork test asks both engines.");
        var server = Environment.GetEnvironmentVariable("LEGWORK_TEST_PG");
        Assert.SkipWhen(server is null,
            "PostgreSQL is not running for tests: ./legwork test starts one, or set LEGWORK_TEST_PG to a connection string "
                + "that may create databases.");
        return server!;
    }
}
