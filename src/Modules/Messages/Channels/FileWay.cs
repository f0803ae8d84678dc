using System.Text;
using CsvHelper;

namespace Legwork.Messages.Channels;

/// <summary>
/// Where no gateway is set, what is to be sent lies in a file that somebody carries: one a batch, named by its key, so that a batch begun again
/// writes the same file.
/// </summary>
internal sealed class FileWay(string code, string folder, TimeProvider clock) : IWay
{
    public string Code => code;

    public bool Repeatable => true;

    public bool WritesFiles => true;

    public Task<IReadOnlyList<HandedOver>> Hand(string key, IReadOnlyList<Handing> batch, CancellationToken cancel) =>
        Task.FromResult(OutgoingFile.Write(folder, $"{key}.csv", batch, clock.GetUtcNow(), Write));

    private static void Write(Stream file, IReadOnlyList<Handing> batch)
    {
        // With a mark at its head, by which spreadsheets of offices know it for UTF-8; cells that a spreadsheet would run are made plain text.
        using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteRecord(["key", "to", "name", "title", "text"]);
        foreach (var one in batch) csv.WriteRecord([one.Message.ToString(), one.To, one.Name, one.Title, one.Text]);
    }
}
