using Legwork.Platform;
using Legwork.Platform.Shell;
using Legwork.Registers;

namespace Legwork.People.Files;

/// <summary>Titles of the offices' lists from their layouts, and names of the file's fields from the order of sources.</summary>
internal sealed class CalledByDistrict(PlatformPlaces places, Precedence precedence) : ICalledWords
{
    // A layout that cannot be read is told where lists are taken in; pages then show the titles as the office writes them.
    public IEnumerable<(string Chinese, string Tibetan, string English)> Words =>
        Layouts().Select(layout => (layout.Source, layout.Called.GetValueOrDefault("bo", layout.Source),
            layout.Called.GetValueOrDefault("en", layout.Source)))
            .Concat(precedence.All.Select(rule => (rule.NameIn("zh"), rule.NameIn("bo"), rule.NameIn("en"))));

    private IReadOnlyList<Layout> Layouts()
    {
        var folder = Path.Combine(places.DistrictFolder, "registers");
        return Directory.Exists(folder) && LayoutBook.Load(folder) is { Ok: true } book ? book.Value.Layouts : [];
    }
}
