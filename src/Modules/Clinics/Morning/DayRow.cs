using Legwork.Clinics.Plan;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>A clinic's morning: the last number drawn, how far the calling has come, and how often anything changed that a board shows.</summary>
/// <param name="Shut">Why it does not open; empty while it does.</param>
internal sealed record DayRow(string Clinic, DateOnly Day, long LastNumber, long Called, long Changes, string Shut)
{
    /// <summary>The row for this unit alone until it ends, so that numbers have no gaps and marks an order; made where there was none.</summary>
    public static DayRow Hold(Session session, string clinic, DateOnly day)
    {
        var args = new { clinic, day };
        const string held = """
            update clinics_day set changes = changes + 1 where clinic = @clinic and day = @day
            returning clinic, day, last_number, called, changes, shut
            """;
        if (session.First<DayRow>(held, args) is { } row) return row;
        session.Execute("""
            insert into clinics_day (clinic, day, last_number, called, changes, shut) values (@clinic, @day, 0, 0, 0, '') on conflict do nothing
            """, args);
        return session.First<DayRow>(held, args)!;
    }

    public int DrawNumber(Session session)
    {
        session.Execute("update clinics_day set last_number = @next where clinic = @Clinic and day = @Day",
            new { Clinic, Day, next = LastNumber + 1 });
        return (int)LastNumber + 1;
    }

    /// <summary>The mark of whoever joins a line now.</summary>
    public long JoinLine(Session session, LaneRule lane)
    {
        var args = new { Clinic, Day, lane = lane.Code };
        var last = session.Scalar<long?>("select last from clinics_line where clinic = @Clinic and day = @Day and lane = @lane", args) ?? 0;
        var mark = FairLine.Mark(lane, Called, last);
        session.Execute("""
            insert into clinics_line (clinic, day, lane, last) values (@Clinic, @Day, @lane, @mark)
            on conflict (clinic, day, lane) do update set last = excluded.last
            """, new { Clinic, Day, lane = lane.Code, mark });
        return mark;
    }

    public void CalledUpTo(Session session, long mark)
    {
        if (mark > Called)
            session.Execute("update clinics_day set called = @mark where clinic = @Clinic and day = @Day", new { Clinic, Day, mark });
    }
}
