using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>One pass over a file's rows, and the verdict from what it counted.</summary>
internal sealed class Assessor
{
    private readonly RegisterFile file;
    private readonly Layout layout;
    private readonly Limits limits;
    private readonly Previous? previous;
    private readonly PeriodCheck period;
    private readonly IdentityCheck identities;
    private readonly List<RowFinding> findings = [];
    private readonly Dictionary<string, int> counts = [];
    private readonly Dictionary<string, List<int>> rowsNamed = [];
    private readonly int[] filled;
    private readonly int[] unread;
    private readonly int[] uncomputed;
    private readonly BirthsByNumber births;
    private readonly List<Fault> refusals = [];
    private int rows;
    private UInt128 digest;

    public Assessor(RegisterFile file, VagueDate period, Previous? previous)
    {
        this.file = file;
        this.previous = previous;
        layout = file.Layout;
        limits = layout.Limits;
        this.period = new PeriodCheck(layout, period);
        identities = new IdentityCheck(layout);
        filled = new int[layout.Columns.Count];
        unread = new int[layout.Columns.Count];
        uncomputed = new int[layout.Columns.Count];
        births = new BirthsByNumber(layout);
    }

    public Assessment Assess()
    {
        using var reader = file.Read();
        var cutRow = 0;
        while (reader.Next() is { } row)
        {
            if (++rows > limits.MaxRows)
            {
                refusals.Add(Fault.Of("registers.too_many_rows", ("limit", limits.MaxRows)));
                break;
            }
            if (reader.LastRowIsCut || (file.EndsInHalfCharacter && reader.IsAtEnd)) cutRow = row.Number;
            Count(row);
        }
        if (reader.Stop is not null) refusals.Add(reader.Stop);
        if (cutRow > 0) refusals.Add(Fault.Of("registers.cut_off").At(cutRow));
        RefuseForRows(cutRow);
        // What a half-read file holds says nothing of its size, its sending or its month.
        if (reader.Stop is null) RefuseForWhole();
        var verdict = refusals.Count > 0 ? Verdict.Refuse : Resent() is not null ? Verdict.AlreadyTaken : Verdict.Take;
        return new Assessment
        {
            Layout = layout,
            Period = period.Period,
            Verdict = verdict,
            Refusals = refusals,
            Notes = [.. Notes(reader.PassedOver, verdict)],
            Rows = rows,
            Findings = findings,
            FindingCounts = counts,
            ContentDigest = file.ContentDigest,
            RowsDigest = RowsDigest,
            Encoding = file.Encoding,
            Delimiter = file.Delimiter,
        };
    }

    private string RowsDigest => digest.ToString("x32", CultureInfo.InvariantCulture);

    private void Count(RegisterRow row)
    {
        unchecked
        {
            digest += row.Digest();
        }
        var values = row.Values;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is not null) filled[i]++;
        foreach (var finding in row.Findings)
        {
            Note(finding);
            // A number that fails its check, or a text with a lost character, still has a value: it was read.
            if (layout.IndexOf(finding.Field) is not (>= 0 and var i) || values[i] is not null) continue;
            if (finding.Code is "registers.row.uncomputed" or "registers.row.error") uncomputed[i]++;
            else unread[i]++;
        }
        births.Count(row);
        if (!identities.IsNew(row)) Note(new RowFinding(row.Number, "", "registers.row.repeated", ""));
        if (period.Count(row) is { } after) Note(new RowFinding(row.Number, after, "registers.row.after_period", ""));
    }

    private void Note(RowFinding finding)
    {
        if (findings.Count < Assessment.FindingsKept) findings.Add(finding);
        counts[finding.Code] = counts.GetValueOrDefault(finding.Code) + 1;
        if (!rowsNamed.TryGetValue(finding.Code, out var named)) rowsNamed[finding.Code] = named = [];
        if (named.Count < Fault.RowsNamed && (named.Count == 0 || named[^1] != finding.Row)) named.Add(finding.Row);
    }

    private void RefuseForRows(int cutRow)
    {
        Ragged("too_many_fields", except: 0);
        Ragged("too_few_fields", except: cutRow);
        var missing = counts.GetValueOrDefault("registers.row.missing");
        // Half a row at the end lacks things because it was cut, which is said already.
        if (missing > limits.MissingShare * rows && !(cutRow > 0 && missing == 1))
            refusals.Add(Named("registers.missing_required", "registers.row.missing", ("fields", RequiredHeaders())));
        if (identities.Repeated > limits.RepeatedShare * rows && Many(identities.Repeated, rows))
            refusals.Add(Named("registers.repeated_rows", "registers.row.repeated",
                ("total", rows), ("repeated", identities.Repeated), ("share", Percent(identities.Repeated, rows))));
        var wrong = counts.GetValueOrDefault("registers.row.number");
        var numbers = layout.Columns.Select((c, i) => c.Type == FieldType.ResidentNumber ? filled[i] : 0).Sum();
        if (wrong > limits.WrongNumberShare * numbers && Many(wrong, numbers))
            refusals.Add(Named("registers.wrong_numbers", "registers.row.number",
                ("total", numbers), ("wrong", wrong), ("share", Percent(wrong, numbers)), ("limit", Whole(limits.WrongNumberShare))));
        for (var i = 0; i < unread.Length; i++)
        {
            var total = filled[i] + unread[i];
            if (unread[i] > limits.UnreadableShare * total && Many(unread[i], total))
                refusals.Add(Fault.Of("registers.unreadable",
                    ("column", layout.Columns[i].Header), ("total", total), ("wrong", unread[i]), ("share", Percent(unread[i], total))));
            total = filled[i] + uncomputed[i];
            if (uncomputed[i] > limits.UnreadableShare * total && (Many(uncomputed[i], total) || uncomputed[i] == rows))
                refusals.Add(Fault.Of("registers.uncomputed", ("column", layout.Columns[i].Header), ("total", total), ("wrong", uncomputed[i])));
        }
        if (births.Refusal(Many) is { } moved) refusals.Add(moved);
    }

    private string RequiredHeaders() => string.Join("; ", layout.Required.Select(group =>
        string.Join(" / ", group.Select(field => layout.Columns[layout.IndexOf(field)].Header))));

    private void Ragged(string what, int except)
    {
        var count = counts.GetValueOrDefault($"registers.row.{what}");
        if (except > 0 && count > 0) count--;
        if (count > limits.RaggedShare * rows) refusals.Add(Named($"registers.{what}", $"registers.row.{what}"));
    }

    private void RefuseForWhole()
    {
        if (rows == 0 && layout.List == ListKind.Full && !layout.MayBeEmpty) refusals.Add(Fault.Of("registers.empty"));
        if (period.Contradiction(rows) is { } contradicted) refusals.Add(contradicted);
        if (previous is null) return;
        if (Resent() is not null) return;
        if (SentBefore() is { } taken)
        {
            refusals.Add(Fault.Of("registers.same_content", ("taken", taken.Period), ("period", period.Period)));
            return;
        }
        if (period.Order(previous.Period) is { } order) refusals.Add(order);
        if (layout.List == ListKind.Delta || previous.Rows < limits.CompareFromRows) return;
        // A list of the year starts anew each year; within the year it only grows.
        if (layout.List == ListKind.Year && previous.Period != period.Period) return;
        if ((rows > 0 || layout.MayBeEmpty) && rows < previous.Rows * limits.ShrinkTo) refusals.Add(Size("registers.shrunk", limits.ShrinkTo));
        if (rows > previous.Rows * limits.GrowTo && layout.List == ListKind.Full) refusals.Add(Size("registers.swollen", limits.GrowTo));
    }

    private IEnumerable<Fault> Notes(int passedOver, Verdict verdict)
    {
        foreach (var note in file.Notes) yield return note;
        if (passedOver > 0) yield return Fault.Of("registers.note.blank_rows") with { RowCount = passedOver };
        if (rows == 0 && verdict == Verdict.Take) yield return Fault.Of("registers.note.nobody");
        if (verdict != Verdict.Refuse && births.Note() is { } moved) yield return moved;
        if (previous is null) yield return Fault.Of("registers.note.no_previous");
        if (verdict == Verdict.AlreadyTaken) yield return Fault.Of("registers.note.already_taken", ("period", period.Period));
    }

    /// <summary>The same rows taken before under the same period: a second sending that harms nobody.</summary>
    private TakenFile? Resent() => Find(t => t.Period == period.Period);

    /// <summary>The same rows taken before under another period: October's list with November's name.</summary>
    private TakenFile? SentBefore() => Find(t => t.Period != period.Period);

    private TakenFile? Find(Func<TakenFile, bool> of)
    {
        // Two months without a move are two empty files, not one sent twice.
        if (previous is null || rows == 0) return null;
        foreach (var taken in previous.Taken)
            if (of(taken) && (taken.ContentDigest == file.ContentDigest || taken.RowsDigest == RowsDigest)) return taken;
        return null;
    }

    private bool Many(int bad, int total) => bad >= limits.FewRows || (bad >= 5 && bad * 2 > total);

    private Fault Named(string code, string rowCode, params (string, object)[] args) =>
        Fault.Of(code, args) with { Rows = rowsNamed[rowCode], RowCount = counts[rowCode] };

    private Fault Size(string code, double limit) => Fault.Of(code,
        ("rows", rows), ("previous", previous!.Rows), ("limit", Whole(limit)));

    private static string Whole(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    private static string Percent(int part, int of) => ((double)part / of).ToString("P1", CultureInfo.InvariantCulture);
}
