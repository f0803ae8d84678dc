using Legwork.Clinics.Plan;

namespace Legwork.Clinics.Morning;

/// <summary>
/// Who is next: self-clocked fair queueing (Golestani, INFOCOM 1994). Whoever joins a line is given a mark, the later of where the calling has come
/// and of the last mark of that line, and a step that is the shorter the more weight the line has. The lowest mark is called. So a line is served by
/// its weight while others wait, takes what they leave, and nobody waits for ever; and the place of everyone is the number of marks below.
/// </summary>
internal static class FairLine
{
    /// <summary>Divisible by every weight that a rule gives, so that marks are whole.</summary>
    public const long Round = 60 * 7 * 11 * 13;

    /// <param name="called">The highest mark that was called this morning.</param>
    /// <param name="last">The last mark that was given in this line this morning; 0 when none was.</param>
    public static long Mark(LaneRule lane, long called, long last) => Math.Max(called, last) + (Round / lane.Weight);

    /// <summary>So many of those who wait go first.</summary>
    /// <param name="marks">Of everyone who waits, in their order.</param>
    public static long Back(IReadOnlyList<long> marks, int places, long own)
    {
        var behind = marks.Where(mark => mark > own).Take(places).LastOrDefault();
        return Math.Max(own, behind) + 1;
    }

    /// <summary>In how many minutes it is likely to be called.</summary>
    /// <param name="ahead">Who wait before it.</param>
    /// <param name="tables">That are calling.</param>
    public static int Minutes(int ahead, double minutesEach, int tables) => (int)Math.Ceiling((ahead + 1) * minutesEach / Math.Max(1, tables));
}
