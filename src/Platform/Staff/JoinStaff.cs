using System.Security.Cryptography;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>A role to be given: from a day on, and until the first day it no longer holds.</summary>
internal sealed record RoleGiven(Role Role, Scope Scope, DateOnly From, DateOnly? Until);

/// <summary>An account with its one-time password, shown once to whoever made it and kept nowhere.</summary>
internal sealed record FreshPassword(Guid Account, string SignIn, string Password);

/// <summary>Someone begins to work here: an account, its first role, and a password that must be changed at the first sign-in.</summary>
internal sealed class JoinStaff(Store store, Accounts accounts, PlaceNames places, TimeProvider clock)
{
    // Without letters and digits that are read for one another over a telephone.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public async Task<Outcome<FreshPassword>> Run(Actor by, string signIn, string name, RoleGiven given)
    {
        name = name.Trim();
        if (Refusal.All(CheckName(name), await StaffRules.MayGive(by, Guid.Empty, given, places), Accounts.CheckSignIn(signIn)) is { } refusal)
            return refusal;
        var password = OneTimePassword();
        return await store.Write<Outcome<FreshPassword>>(session =>
        {
            var created = accounts.Create(session, signIn, name, password, mustChange: true);
            if (created.Refusal is { } taken) return taken;
            Accounts.Note(session, clock.GetUtcNow(), created.Value, by.Account, "joined");
            accounts.Give(session, created.Value, given.Role, given.Scope.Code, given.From, given.Until, by.Account);
            return new FreshPassword(created.Value, signIn.Trim().ToLowerInvariant(), password);
        });
    }

    /// <summary>What is wrong with the name and the sign-in name by themselves.</summary>
    public static Refusal? Faults(string signIn, string name) => Refusal.All(CheckName(name), Accounts.CheckSignIn(signIn));

    private static Refusal? CheckName(string name) =>
        name.Trim().Length is 0 or > 80 ? Refusal.Of("access.name", "Enter the name, at most 80 characters.") : null;

    /// <summary>Three groups of four, about 59 bits: said over a telephone, used once.</summary>
    public static string OneTimePassword() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
