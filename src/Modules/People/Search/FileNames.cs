using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.People.Search;

/// <summary>Names for the log of reads.</summary>
internal sealed class FileNames(Store store, Sensitive sensitive, TimeProvider clock) : IFileNames
{
    private const int StreetDigits = 9;

    public Task<IReadOnlyList<(PersonId File, string Name, bool IsChild, string Street)>> Of(IReadOnlyList<PersonId> files,
        CancellationToken cancel) => store.ReadAsync<IReadOnlyList<(PersonId, string, bool, string)>>(async session =>
        {
            var today = FileFacts.LocalDay(clock.GetUtcNow());
            return [.. (await FileRow.Many(session, [.. files.Select(file => file.Value)])).Values
                .Select(row => (row.Id, row.Name, sensitive.IsChild(row.BirthDate, today), StreetOf(row)))];
        }, cancel);

    private static string StreetOf(FileRow row) =>
        new[] { row.Lives, row.Registered }.FirstOrDefault(code => code.Length >= StreetDigits) is { } code ? code[..StreetDigits] : "";

    public Task<IReadOnlyList<PersonId>> Called(string name, CancellationToken cancel) => store.ReadAsync<IReadOnlyList<PersonId>>(async session =>
        (await session.QueryAsync<Guid>("select distinct file from people_alias where name = @name order by file limit 50", new { name }))
            .ConvertAll(file => new PersonId(file)), cancel);
}
