using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>A forgotten password: a new one for one use, shown once; every session of the account ends.</summary>
internal sealed class ResetPassword(Store store, Accounts accounts, TimeProvider clock)
{
    public Task<Outcome<FreshPassword>> Run(Actor by, Guid account) => store.Write<Outcome<FreshPassword>>(session =>
    {
        if (StaffRecords.Find(session, account) is not { Account.State: "active" } member)
            return Refusal.Of("access.not_found", "This account or role is not there any more.");
        // Whoever sets a password can sign in with it, so every role of the account must lie in the own area.
        if (StaffRules.MayManage(by, account, member.Places(clock.Today())) is { } refusal) return refusal;
        var password = JoinStaff.OneTimePassword();
        accounts.ResetPassword(session, account, password, by.Account);
        return new FreshPassword(account, member.Account.SignIn, password);
    });
}
