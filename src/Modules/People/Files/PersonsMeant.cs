using System.Globalization;
using Legwork.Histories.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Whom rows of an older system are about. A number says it, if the name agrees; without one name and day of birth do; nothing
/// else does.</summary>
internal static class PersonsMeant
{
    public static async Task<IReadOnlyList<PersonMeant>> Of(Store store, NumberVault vault, IReadOnlyList<WrittenRow> rows,
        Func<FileRow, PersonCard> card, CancellationToken cancel)
    {
        var tokens = rows.Select(row => NumberOf(row) is { } number ? vault.Token(number) : null).ToList();
        var (numbered, named, files, names) = await store.ReadAsync(async session =>
        {
            var numbered = await session.QueryAsync<Numbered>(
                $"select id, token from people_file where {session.Among("token", "tokens")} and state = 'open'",
                new { tokens = tokens.OfType<byte[]>().DistinctBy(Convert.ToHexString).ToArray() });
            var named = await session.QueryAsync<Named>($"""
                select distinct a.name, f.birth, f.id, f.token from people_alias a join people_file f on f.id = a.file
                where {session.Among("a.name", "names")} and {session.Among("f.birth", "births")} and f.state = 'open'
                """, new
            {
                names = rows.Select(row => row["name"]).OfType<string>().Distinct().ToArray(),
                births = rows.Select(row => row.Day("birth")).OfType<DateOnly>().Distinct().Select(Iso).ToArray(),
            });
            Guid[] ids = [.. numbered.Select(file => file.Id).Concat(named.Select(file => file.Id)).Distinct()];
            return (numbered, named, await FileRow.Many(session, ids),
                await session.QueryAsync<Alias>($"select file, name from people_alias where {session.Among("file", "ids")}", new { ids }));
        }, cancel);
        var byNumber = numbered.ToLookup(file => Convert.ToHexString(file.Token), file => file.Id);
        var byName = named.ToLookup(file => (file.Name, file.Birth));
        var called = names.Select(alias => (alias.File, alias.Name)).ToHashSet();
        return [.. rows.Select((row, i) => Decide(row,
            tokens[i] is { } token ? [.. byNumber[Convert.ToHexString(token)]] : null,
            row["name"] is { } name && row.Day("birth") is { } birth
                ? [.. byName[(name, Iso(birth))].Select(file => (file.Id, HasNumber: file.Token is not null))] : null,
            id => row["name"] is not { } name || called.Contains((id, name)),
            id => card(files[id]), id => Places(files[id])))];
    }

    /// <param name="byNumber">Who has the row's number; null where the row has none.</param>
    /// <param name="byName">Who has its name and day of birth; null where the row does not say both.</param>
    private static PersonMeant Decide(WrittenRow row, IReadOnlyList<Guid>? byNumber, IReadOnlyList<(Guid Id, bool HasNumber)>? byName,
        Func<Guid, bool> isCalledSo, Func<Guid, PersonCard> card, Func<Guid, IReadOnlyList<string>> places)
    {
        if (row.Fault("number").Length > 0) return Nobody(Becomes.Refused, "number");
        if (byNumber is null && byName is null) return Nobody(Becomes.Refused, "who");
        // Whose number is not known here may be the one of that name whose number nobody has told yet, and nobody who has another.
        var found = byNumber is { Count: > 0 } ? byNumber
            : [.. (byName ?? []).Where(file => byNumber is null || !file.HasNumber).Select(file => file.Id)];
        return found.Count switch
        {
            0 => Nobody(Becomes.Unknown, "nobody"),
            > 1 => Nobody(Becomes.Unknown, "several"),
            _ => new PersonMeant(card(found[0]), places(found[0]),
                isCalledSo(found[0]) ? null : new Decided(Becomes.Contradicts, "number_of_another")),
        };
    }

    private static PersonMeant Nobody(Becomes becomes, string why) => new(null, [], new Decided(becomes, why));

    private static string? NumberOf(WrittenRow row) => row["number"];

    private static IReadOnlyList<string> Places(FileRow file) => [.. new[] { file.Lives, file.Registered }.Where(place => place.Length > 0)];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Numbered(Guid Id, byte[] Token);

    private sealed record Named(string Name, string Birth, Guid Id, byte[]? Token);

    private sealed record Alias(Guid File, string Name);
}
