using System.Globalization;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Staff;

/// <summary>What was typed into a form that gives a role, kept so that the page can be shown again with its errors.</summary>
internal sealed record StaffForm(string SignIn, string Name, string Role, string Scope, string From, string Until)
{
    public static StaffForm Empty(DateOnly today) => new("", "", "", "", Iso(today), "");

    public static StaffForm Of(IFormCollection form, PlaceNames places) =>
        new(form["signIn"].ToString(), form["name"].ToString(), form["role"].ToString(),
            places.Coded(form["scope"].ToString(), form["scope" + PlaceField.Chosen].ToString()),
            form["from"].ToString(), form["until"].ToString());

    /// <summary>The role as given, or what is wrong with each field.</summary>
    public RoleGiven? Read(T texts, FormErrors errors, AccessBook book)
    {
        if (book.Roles.All(role => role.Code != Role)) errors.Add("role", texts["staff.role_missing"]);
        if (!StaffRules.IsPlace(Scope)) errors.Add("scope", texts[StaffRules.NoPlace]);
        if (Day(From) is null) errors.Add("from", texts["staff.day_wrong"]);
        if (Until.Length > 0 && Day(Until) is null) errors.Add("until", texts["staff.day_wrong"]);
        return errors.Any ? null : new RoleGiven(new Role(Role), new Scope(Scope), Day(From)!.Value, Day(Until));
    }

    /// <summary>The field that a refusal is about.</summary>
    public static string FieldOf(string code) => code switch
    {
        "access.sign_in_name" or "access.taken" => "signIn",
        "access.name" => "name",
        "access.out_of_scope" or "access.scope_unknown" or "access.held_already" => "scope",
        "access.period" => "until",
        _ => "role",
    };

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
