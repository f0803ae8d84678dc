namespace Legwork.Architecture.Tests;

/// <summary>Where a page still reads while it holds a thread. The list only grows shorter.</summary>
internal static class HeldThreads
{
    public static IReadOnlyList<string> Known { get; } =
    [
        "BoardDesk.ShowGrid", "CasesOfOthers.Counts", "CasesOfOthers.CountsOn", "CasesOfOthers.Find", "CasesOfOthers.Trend",
        "CountFindings.Run", "CurrentBook.Get", "District.Current", "GridDesk.Show", "HoldRoutes.List", "HoldRoutes.Show", "ListDesk.Find",
        "ListDesk.Job", "ListDesk.View", "ListedPlaces.Current", "LookAtCase.Look", "LookAtCase.LookAtEvidence", "MetricsBook.Tell",
        "MyFile.Reads", "MyFile.Run", "OperationRoutes.Ready", "OwnFile.IsOwn", "OwnFile.MayRead", "PairQueue.Open", "PairQueue.Queue",
        "PairRoutes.Refused", "PersonCards.BornFrom", "PersonCards.Ids", "PersonCards.Merged", "PersonCards.Open", "PersonCards.OpenOwn",
        "PersonSubjects.Describe", "PlacesOffice.HeirsOf", "Reads.Find", "Reads.Of", "Reads.PerPurpose", "ReadsOfPerson.Asked",
        "RecordDose.LastOf", "ShowRecord.View", "SplitRoutes.SamePage", "StaffRoutes.List", "StaffRoutes.Seen", "SubstituteWorker.Current",
        "SubstituteWorker.Workers", "Transparency.Figures", "TryRules.Doses",
    ];
}
