using Legwork.Platform.Access;
using Legwork.Platform.Modules;

namespace Legwork.Host.Demonstration;

internal sealed record SignInLine(string SignIn, string Role, string Scope, string Opens);

/// <summary>The sign-ins that roles and chapters publish, with one published password; <c>serve</c> refuses to run while they are there.</summary>
internal static class DemoAccounts
{
    public static async Task<IReadOnlyList<SignInLine>> Create(DemoStory story)
    {
        var district = story.Services.GetRequiredService<AccessRules>().District;
        var grid = story.BusiestGrid ?? district;
        List<(DemonstrationSignIn SignIn, string Opens)> wanted =
        [
            .. story.Services.GetRequiredService<AccessBook>().Published(At),
            .. story.SignIns,
        ];
        await story.Services.GetRequiredService<DemonstrationAccounts>().Make([.. wanted.Select(account => account.SignIn)]);
        return [.. wanted.Select(account => new SignInLine(account.SignIn.SignIn, account.SignIn.Role.Code, account.SignIn.Scope, account.Opens))];

        string At(ScopeLevel level) => level switch
        {
            ScopeLevel.Grid => grid,
            ScopeLevel.Community => grid[..Math.Min(12, grid.Length)],
            ScopeLevel.Street => grid[..Math.Min(9, grid.Length)],
            _ => district,
        };
    }
}
