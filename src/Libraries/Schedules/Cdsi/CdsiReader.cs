using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Legwork.Schedules.Cdsi;

/// <summary>Values of CDC's XML, where "n/a" and an empty element mean "not given". Refuses with file and line what cannot be read.</summary>
internal sealed class CdsiReader(string file, XElement near)
{
    public Period? Period(XElement parent, string name)
    {
        var text = parent.Word(name);
        if (text.Length == 0) return null;
        return Schedules.Period.TryParse(text, out var period)
            ? period : throw Wrong(parent.Element(name), $"<{name}> '{text}' is no length of time");
    }

    public Period Need(XElement parent, string name) => Period(parent, name) ?? throw Wrong(parent, $"<{name}> is missing");

    public int? Number(XElement parent, string name)
    {
        var text = parent.Word(name);
        if (text.Length == 0) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw Wrong(parent.Element(name), $"<{name}> '{text}' is no number");
    }

    public DateOnly? Date(XElement parent, string name)
    {
        var text = parent.Word(name);
        if (text.Length == 0) return null;
        return DateOnly.TryParseExact(text, ["yyyyMMdd", "MM/dd/yyyy", "M/d/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : throw Wrong(parent.Element(name), $"<{name}> '{text}' is no date");
    }

    public DateRange Effective(XElement parent) => new(Date(parent, "effectiveDate"), Date(parent, "cessationDate"));

    /// <summary>A part that the layout asks for.</summary>
    public static XElement Section(string file, XElement parent, string name) =>
        parent.Element(name) ?? throw new RuleFileException(file, ((IXmlLineInfo)parent).LineNumber, $"<{name}> is missing");

    public RuleFileException Wrong(XElement? at, string reason) => new(file, ((IXmlLineInfo)(at ?? near)).LineNumber, reason);
}

internal static class CdsiElements
{
    /// <summary>The text of a child; empty when it is missing, empty or "n/a".</summary>
    public static string Word(this XElement parent, string name)
    {
        var text = parent.Element(name)?.Value.Trim() ?? "";
        return text.Equals("n/a", StringComparison.OrdinalIgnoreCase) ? "" : text;
    }

    /// <summary>Children that hold anything: CDC writes an empty element for an empty list.</summary>
    public static IEnumerable<XElement> Filled(this XElement? parent, string name) => parent?.Elements(name).Where(e => e.HasElements) ?? [];

    /// <summary>"01; 09;20" in its parts.</summary>
    public static IReadOnlyList<string> Parts(this string text) =>
        text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
