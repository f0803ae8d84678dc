using Legwork.Schedules.Cdsi;

namespace Legwork.Schedules.Tests;

/// <summary>CDC's data and cases, which are not part of the repository; without them a test is skipped with a sentence.</summary>
internal static class SampleData
{
    private static readonly Lazy<Forecaster> Forecaster = new(
        () => new Forecaster(CdsiRules.Load(File("supporting-data-4.64/ScheduleSupportingData.xml")[..^"/ScheduleSupportingData.xml".Length])));

    public static Forecaster Cdsi => Forecaster.Value;

    public static string Folder => System.IO.Path.GetDirectoryName(File("supporting-data-4.64/ScheduleSupportingData.xml"))!;

    public static string File(string name) => Repository.Sample(Path.Combine("cdsi", name));
}
