using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using System.Text;

namespace Legwork.People.Export;

/// <param name="Place">A code inside the actor's area.</param>
/// <param name="Finding">A kind of finding that stands, or empty for all.</param>
/// <param name="Insured"><c>yes</c>, <c>no</c> or empty for all.</param>
/// <param name="By"><c>lives</c> or <c>registered</c>: what the place is compared with.</param>
internal sealed record ExportAsked(string Place, string Finding, string Insured, string By);

/// <summary>
/// Writes the people of an area as a table for the office's own spreadsheet: numbers masked, cells that a spreadsheet would run made
/// plain text, and one entry in the read log, with the area, before the first row.
/// </summary>
internal sealed class ExportPeople(Store store, NumberVault vault, DistrictLists lists, FileReading reading, Explain explain, PlaceNames places,
    TimeProvider clock)
{
    private const int FilesPerRead = 500;
    private const string Purpose = "export";
    private static readonly string[] Header = ["姓名", "藏文姓名", "性别", "年龄", "证件号码",
        "户籍网格", "居住网格", "住处", "参保", "提示"];

    /// <returns>What writes the table; nothing was shown yet but the log has its entry. Refusals: <c>access.purpose.denied</c>,
    /// <c>people.export.out_of_scope</c>, <c>people.export.filter</c>.</returns>
    public async Task<Outcome<Func<Stream, Task>>> Run(Actor actor, ExportAsked asked)
    {
        var claimed = reading.Claim(actor, PeoplePermissions.Export, Purpose);
        if (!claimed.Ok) return claimed.Refusal!;
        var filter = Refusal.Of("people.export.filter", "Choose what to export.");
        if (Refusal.All(
            actor.May(PeoplePermissions.Export, asked.Place) && await places.Knows(asked.Place, CancellationToken.None) ? null
                : Refusal.Of("people.export.out_of_scope", "This place does not lie in your area."),
            asked.By is "lives" or "registered" ? null : filter with { At = "by" },
            asked.Finding.Length == 0 || explain.Knows(asked.Finding) ? null : filter with { At = "finding" },
            asked.Insured is "" or "yes" or "no" ? null : filter with { At = "insured" }) is { } wrong) return wrong;
        await reading.LogScope(actor, PeoplePermissions.Export, claimed.Value, asked.Place,
            string.Join(' ', new[] { asked.By, asked.Insured, asked.Finding }.Where(part => part.Length > 0)));
        return (Func<Stream, Task>)(stream => Write(stream, asked));
    }

    private async Task Write(Stream stream, ExportAsked asked)
    {
        await using var csv = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await csv.WriteLineAsync(string.Join(',', Header));
        var today = FileFacts.LocalDay(clock.GetUtcNow());
        var after = Guid.Empty.ToString();
        while (store.Read(session => Lines(session, asked, after, today)) is { Count: > 0 } lines)
        {
            foreach (var line in lines) await csv.WriteLineAsync(line.Csv);
            after = lines[^1].Id.ToString();
        }
    }

    private List<(Guid Id, string Csv)> Lines(Session session, ExportAsked asked, string after, DateOnly today)
    {
        var column = asked.By == "lives" ? "lives" : "registered";
        var files = session.Query<FileRow>(FileRow.Columns + $"""
             where id > @after and state = 'open' and {new Scope(asked.Place).Covers(column, "@Place")}
            and (@Insured = '' or (@Insured = 'yes' and insured <> '') or (@Insured = 'no' and insured = ''))
            and (@Finding = '' or exists (select 1 from people_finding n where n.file = people_file.id and n.kind = @Finding and n.state = 'open'))
            order by id limit @FilesPerRead
            """, new { after = Guid.Parse(after), asked.Place, asked.Insured, asked.Finding, FilesPerRead });
        var ids = files.ConvertAll(file => file.Id.Value);
        var numbers = Session.AtHand(NumberInForce.OfAsync(session, vault, lists, ids));
        var findings = Session.AtHand(ManyFiles.OpenFindings(session, ids));
        return files.ConvertAll(file => (file.Id.Value, Line(file, numbers.GetValueOrDefault(file.Id.Value), findings[file.Id.Value], today)));
    }

    private string Line(FileRow file, string? number, IEnumerable<string> findings, DateOnly today)
    {
        return string.Join(',', new[]
        {
            file.Name, file.NameBo, file.Sex switch { 1 => "男", 2 => "女", _ => "" },
            file.BirthDate.IsKnown ? PersonAge.Of(file.BirthDate, today).Years.ToString(System.Globalization.CultureInfo.InvariantCulture) : "",
            number is null ? "" : ResidentNumber.Mask(number), file.Registered, file.Lives, file.Door,
            file.Insured switch { "employee" => "职工", "resident" => "居民", var other => other },
            string.Join('；', findings.Select(kind => explain.Name(kind, "zh-CN"))),
        }.Select(CsvCell.Of));
    }
}

/// <summary>A cell that says what it says and never runs as a formula (OWASP: CSV injection).</summary>
internal static class CsvCell
{
    public static string Of(string text)
    {
        var plain = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }
}
