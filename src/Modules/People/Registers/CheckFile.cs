using Legwork.People.Contracts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>Reads a list as <see cref="TakeFile"/> would and counts what it would do; nothing is written.</summary>
internal sealed class CheckFile(Store store, NumberVault vault)
{
    public FileTaken Run(string path, LayoutMatch match)
    {
        var layout = match.Layout;
        var assessment = RegisterFile.Assess(path, layout, match.Period, store.Read(session => TakeFile.PreviousOf(session, layout.Source)));
        var (learned, changed, ended) = assessment.Verdict == Verdict.Take && layout.Means != Records.Sources.Addresses
            ? Count(path, layout) : default;
        return new FileTaken(Path.GetFileName(path), layout.Source, assessment.Verdict, 0, assessment.Rows, learned, changed, ended,
            assessment.Refusals, assessment.Notes, assessment.Findings);
    }

    private (long Learned, long Changed, long Ended) Count(string path, Layout layout)
    {
        var known = store.Read(session => TakeFile.KnownRows(session, layout.Source));
        var (learned, changed) = (0L, 0L);
        foreach (var row in RegisterFile.Open(path, layout).Value.Rows())
        {
            var (key, digest) = TakeFile.TokensOf(vault, layout, row);
            if (known.Match(key, digest, out _, out var before)) continue;
            if (before is null) learned++;
            else changed++;
        }
        return (learned, changed, layout.List == ListKind.Full ? known.Unseen().Count : 0);
    }
}
