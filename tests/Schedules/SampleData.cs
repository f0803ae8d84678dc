using Legwork.Schedules.Cdsi;
using Legwork.Support;

namespace Legwork.Schedules.Tests;

/// <summary>CDC's data and cases, which are not part of the repository; without them a test is skipped with a sentence.</summary>
internal static class SampleData
{
    private static readonly Lazy<Forecaster> Forecaster = new(() => new Forecaster(CdsiRules.Load(File("supporting-data-4.64/ScheduleSupportingData.xml")[..^"/ScheduleSupportingData.xml".Length])));

    public static Forecaster Cdsi => Forecaster.Value;

    public static string Folder => System.IO.Path.GetDirectoryName(File("supporting-data-4.64/ScheduleSupportingData.xml"))!;

    public static string File(string name)
    {
        var folder = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var file = Path.Combine(folder, "cdsi", name);
        if (!System.IO.File.Exists(file)) Assert.Skip($"CDC's data (cdsi/{name}) are not beside the checkout; set LEGWORK_DATA to the folder that holds them.");
        return file;
    }
}
