using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Legwork.Journeys.Tests;

/// <summary>The forms of a page, filled as a person would fill them, so that one field may be sent with something else.</summary>
internal sealed class FilledForms(LivingDistrict district, string freshSignIn)
{
    private static readonly HtmlParser Html = new();

    /// <summary>What no page says by itself.</summary>
    private readonly Dictionary<string, string> given = new()
    {
        ["absent"] = "door",
        ["from"] = "2026-11-30",
        ["guardian"] = district.Resident.Person.ToString(),
        ["node"] = "",
        ["over"] = "2026-07-01",
        ["person"] = district.Resident.Person.ToString(),
        ["place"] = district.Grid,
        ["scope"] = ServedDistrict.Street,
        ["seq"] = "",
        ["signIn"] = freshSignIn,
        ["since"] = "2026-06-15",
        ["substitute"] = "grid",
        ["worker"] = "door",
    };

    public static async Task<IReadOnlyList<IHtmlFormElement>> On(Visitor visitor, string address)
    {
        using var page = await visitor.Get(address);
        return page.Content.Headers.ContentType?.MediaType != "text/html" ? []
            : [.. (await Html.ParseDocumentAsync(await Visitor.Text(page))).QuerySelectorAll<IHtmlFormElement>("form[method=post]")];
    }

    /// <summary>Every field but the token, by its name.</summary>
    public Dictionary<string, string> Fields(IHtmlFormElement form) =>
        form.Elements.Where(one => one.GetAttribute("name") is { Length: > 0 } name && name != "csrf")
            .GroupBy(one => one.GetAttribute("name")!)
            .ToDictionary(group => group.Key, group => given.GetValueOrDefault(group.Key) ?? Right([.. group]));

    /// <summary>What a person would give: what stands there, the first of the choices, a day, a number, a sentence.</summary>
    private static string Right(IReadOnlyList<IElement> ways) => ways[0] switch
    {
        IHtmlSelectElement select => select.Options.Select(option => option.Value).FirstOrDefault(value => value.Length > 0) ?? "",
        IHtmlInputElement { Type: "radio" or "checkbox" or "hidden" or "submit" } input => input.Value,
        IHtmlInputElement { Type: "date" } input => input.Value is { Length: > 0 } day ? day : "2026-12-15",
        IHtmlInputElement { Type: "datetime-local" } => "2026-12-15T10:00",
        IHtmlInputElement { Type: "number" } => "1",
        IHtmlInputElement { Type: "file" } => "",
        IHtmlInputElement { Value.Length: > 0 } input => input.Value,
        _ => "看过户口簿和身份证，情况属实",
    };
}
