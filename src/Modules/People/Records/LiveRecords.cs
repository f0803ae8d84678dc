namespace Legwork.People.Records;

/// <summary>
/// Which rows of people_record hold. A list that is taken writes its records and the ends of others in many small units while its import
/// is 'taking'; the last unit sets that one word to 'taken', and with it all of them hold or end at once. An undone import ends nothing either.
/// </summary>
internal static class LiveRecords
{
    /// <summary>Of the record <c>r</c>: no import that is taken has ended it.</summary>
    public const string NotEnded = "(r.ended_by is null or not exists (select 1 from people_import e where e.id = r.ended_by and e.state = 'taken'))";
}
