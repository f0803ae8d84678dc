using System.Globalization;
using System.Text.Json;
using Legwork.Messages.Contracts;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;

namespace Legwork.Messages;

/// <summary>A message as its reader's language writes it.</summary>
internal sealed class MessageWords(Texts texts, PlaceNames places)
{
    public T In(string language) => new(texts, Language.Find(language) ?? Language.Chinese);

    /// <summary>What goes out calls its places as the pages do; whoever hands it over asks first, as who draws a page does.</summary>
    public Task Refresh(CancellationToken cancel) => places.Refresh(cancel);

    public string Title(T t, string kind, string words) => t[$"message.{kind}.title", Filled(t, words)];

    public string Text(T t, string kind, string words) => t[$"message.{kind}.text", Filled(t, words)];

    private object[] Filled(T t, string words) => [.. JsonSerializer.Deserialize<List<Word>>(words)!.Select(word => word.As switch
    {
        "day" => t.Date(DateOnly.ParseExact(word.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "place" => places.Of(word.Value, t.Language),
        "text" => t[word.Value],
        "called" => t.Called(word.Value),
        _ => word.Value,
    })];
}
