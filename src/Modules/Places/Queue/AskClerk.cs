using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Storage;

namespace Legwork.Places.Queue;

/// <summary>Texts that do not resolve wait for a clerk: one entry for all that read alike and would be settled alike.</summary>
internal sealed class AskClerk(TimeProvider clock)
{
    public int Ask(Session session, AddressBook book, IEnumerable<AskedText> texts)
    {
        var entries = new Dictionary<(string Form, string Hint), Entry>();
        foreach (var text in texts)
        {
            var found = book.Resolve(text.Text, text.Hint);
            if (found.Dwelling is not null || found.How == How.Outside || found.Key.Length == 0) continue;
            if (found.How == How.RoadOnly && !MeansADoor(book, text.Text)) continue;
            var where = book.GridIndex.PlaceOf(text.Hint);
            // Where several dwellings fit, the answer holds for this place only; elsewhere it holds for everyone.
            var hint = found.Candidates.Count > 1 ? where ?? "" : "";
            var place = where ?? book.GridIndex.StreetNamed(book.Parser.Parse(text.Text).Street) ?? found.Grid ?? "";
            if (entries.TryGetValue((found.Key, hint), out var entry)) entry.Times++;
            else entries.Add((found.Key, hint), new Entry(place, WithoutRemarks(book, text.Text), text.Source));
        }
        var before = session.Scalar<long>("select count(*) from places_unresolved");
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var ((form, hint), entry) in entries)
        {
            session.Prepared("""
                insert into places_unresolved (form, hint, place, text, source, times, first_seen, last_seen, state)
                values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p6, 'waiting')
                on conflict (form, hint) do update set times = places_unresolved.times + excluded.times, last_seen = excluded.last_seen,
                    state = case when places_unresolved.state = 'settled' then 'waiting' else places_unresolved.state end
                """).With(form, hint, entry.Place, entry.Text, entry.Source, entry.Times, at).Execute();
        }
        return (int)(session.Scalar<long>("select count(*) from places_unresolved") - before);
    }

    /// <summary>A road or a community alone names no door: nothing could be taught.</summary>
    private static bool MeansADoor(AddressBook book, string text)
    {
        var parsed = book.Parser.Parse(text);
        return parsed.NamesADwelling || parsed.Rest is not null || parsed.Building is not null;
    }

    /// <summary>What stands in brackets may name people; a clerk does not need it to find the door.</summary>
    private static string WithoutRemarks(AddressBook book, string text)
    {
        var parsed = book.Parser.Parse(text);
        if (parsed.Rest is null) return text.Trim();
        var bracket = text.IndexOfAny(['(', '（', '[', '【', '〔']);
        return (bracket > 0 ? text[..bracket] : text).Trim();
    }

    private sealed class Entry(string place, string text, string source)
    {
        public string Place => place;

        public string Text => text;

        public string Source => source;

        public long Times { get; set; } = 1;
    }
}
