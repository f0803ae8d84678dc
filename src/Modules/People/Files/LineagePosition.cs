using Legwork.Kernel;

namespace Legwork.People.Files;

/// <summary>
/// Which file a row belongs to, told from the acts alone: it starts where it stood before its first act, and each act that still
/// holds carries it on if it stands where that act took from. So an act that is undone takes back exactly what it did, however many
/// acts came after it: a row that a later act carried along only because of the undone one goes back with it.
/// </summary>
internal static class LineagePosition
{
    /// <param name="moves">The moves of one lineage, in the order of their acts.</param>
    public static PersonId Of(IEnumerable<LineageMove> moves, DateTimeOffset at, PersonId whenNeverMoved)
    {
        PersonId? position = null;
        foreach (var move in moves)
        {
            position ??= move.From;
            var holds = move.At <= at && (move.UndoneAt is not { } undone || undone > at);
            if (holds && position == move.From) position = move.To;
        }
        return position ?? whenNeverMoved;
    }
}
