using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Host.Commands;

/// <summary>One sign-in a role, with a published password; <c>serve</c> refuses to run while they are there.</summary>
internal static class DemoAccounts
{
    public static async Task<IReadOnlyList<SignInLine>> Create(IServiceProvider district, DistrictOptions options)
    {
        var code = options.DistrictCode;
        var someone = district.GetRequiredService<IRegisters>().Someone();
        var parent = await district.GetRequiredService<IRegisters>().DemonstrationParent();
        var grid = Busiest(district.GetRequiredService<ICases>().Counts("")) ?? code;
        var street = grid.Length >= 9 ? grid[..9] : code;
        (string SignIn, string Name, Role Role, string Scope, string Opens)[] wanted =
        [
            ("clerk", "央金（柜台）", Role.Clerk, code, "the desk: search, files, adjudication, imports"),
            ("street", "次仁（街道柜台）", Role.Clerk, street, "the desk of one street"),
            ("nurse", "拉姆（接种门诊护士）", Role.Vaccinator, street, "the vaccination desk: a child, what is due, a dose"),
            ("worker", "格桑（网格员）", Role.GridWorker, grid, "today's visits"),
            ("substitute", "尼玛（替班网格员）", Role.GridWorker, street, "any grid of the street"),
            ("supervisor", "卓玛（督导）", Role.Supervisor, code, "the queue: verify, assign, pause"),
            ("officer", "达瓦（区级）", Role.Officer, code, "the district board"),
            ("auditor", "边巴（审计）", Role.Auditor, code, "who read what, lawful holds"),
            ("admin", "管理员", Role.Administrator, code, "staff: join, move, leave"),
            ("citizen", someone?.Name ?? "居民", Role.Citizen, code, "my file, and who read it"),
            .. parent is null ? [] : new[] { ("parent", parent.Name, Role.Citizen, code, "a child's file and immunization") },
        ];
        await district.GetRequiredService<DemonstrationAccounts>().Make([.. wanted.Select(account => new DemonstrationSignIn(
            account.SignIn, account.Name, account.Role, account.Scope, account.SignIn switch { "citizen" => someone?.Person.Value, "parent" => parent?.Person.Value, _ => null }))]);
        return [.. wanted.Select(account => new SignInLine(account.SignIn, account.Role.ToString(), account.Scope, account.Opens))];
    }

    /// <summary>The grid with the most left to do: its worker has a day worth looking at.</summary>
    private static string? Busiest(IReadOnlyList<CaseCount> counts) => counts.Where(count => count.State == CaseStates.Open && new Scope(count.Place).Level == ScopeLevel.Grid)
        .GroupBy(count => count.Place).OrderByDescending(grid => grid.Sum(count => count.Cases)).ThenBy(grid => grid.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
}
