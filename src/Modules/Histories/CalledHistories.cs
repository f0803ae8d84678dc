using Legwork.Platform.Shell;

namespace Legwork.Histories;

/// <summary>What readers of the other languages call the lists of older systems, as their layouts say.</summary>
internal sealed class CalledHistories(HistoryLayouts layouts) : ICalledWords
{
    public IEnumerable<(string Chinese, string Tibetan, string English)> Words => layouts.All() is { Ok: true } known
        ? known.Value.Select(layout => (layout.Source, layout.Called.GetValueOrDefault("bo", layout.Source),
            layout.Called.GetValueOrDefault("en", layout.Source))) : [];
}
