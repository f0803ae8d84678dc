using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>Whether the period in a file's name fits the rows in it and the file taken before.</summary>
internal sealed class PeriodCheck
{
    // A single late date is a typing error. A month's real events are some thousandths of a full list's rows.
    private const int FewLate = 10;
    private const int LateOneIn = 1_000;
    private const int FewDated = 20;

    private readonly Layout layout;
    private readonly int[] fields;
    private int dated;
    private int within;
    private int late;
    private VagueDate first;
    private VagueDate last;

    public PeriodCheck(Layout layout, VagueDate period)
    {
        this.layout = layout;
        Period = period;
        fields = period.IsKnown ? layout.IndexesOf(layout.DatedBy) : [];
    }

    public VagueDate Period { get; }

    /// <summary>The field whose date lies after the period, or null.</summary>
    public string? Count(RegisterRow row)
    {
        string? after = null;
        foreach (var field in fields)
        {
            var date = row.Date(field);
            if (!date.IsKnown) continue;
            dated++;
            if (!first.IsKnown || date.CompareTo(first) < 0) first = date;
            if (date.CompareTo(last) > 0) last = date;
            if (date.Earliest > Period.Latest)
            {
                late++;
                after = layout.Columns[field].Field;
            }
            else if (date.Latest >= Period.Earliest) within++;
        }
        return after;
    }

    /// <summary>
    /// A full list may hold no date after its day: many such dates are next month's list under this month's name. Events may be
    /// reported late, so a delta or a list of the year is refused only when none of many dates lies within, or most lie after.
    /// </summary>
    public Fault? Contradiction(int rows)
    {
        var contradicted = layout.List == ListKind.Full
            ? late >= FewLate && late * (long)LateOneIn >= rows
            : (dated >= FewDated && within == 0) || (late >= FewLate && late * 2 > dated);
        return contradicted ? Fault.Of("registers.period_contradicted", ("period", Period), ("first", first), ("last", last)) : null;
    }

    /// <summary>Full lists follow one another; a year's list may come again in its year; events carry their own dates.</summary>
    public Fault? Order(VagueDate taken)
    {
        if (!Period.IsKnown || !taken.IsKnown || layout.List == ListKind.Delta) return null;
        if (layout.List == ListKind.Full && Period == taken) return Fault.Of("registers.same_period", ("period", Period));
        return Period.CompareTo(taken) < 0 ? Fault.Of("registers.older_period", ("period", Period), ("taken", taken)) : null;
    }
}

/// <summary>Counts the rows that say the same identity as an earlier one. Some twenty bytes a row.</summary>
internal sealed class IdentityCheck(Layout layout)
{
    private readonly int[][] alternatives = [.. layout.Identifies.Select(layout.IndexesOf)];
    private readonly HashSet<ulong> seen = [];

    public int Repeated { get; private set; }

    public bool IsNew(RegisterRow row)
    {
        if (RowDigest.Identity(row.Values, alternatives) is not { } identity || seen.Add(identity)) return true;
        Repeated++;
        return false;
    }
}
