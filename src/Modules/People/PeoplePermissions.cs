using Legwork.Platform.Access;

namespace Legwork.People;

/// <summary>What may be done with files, and by which roles.</summary>
internal static class PeoplePermissions
{
    public static readonly Permission Search = new("people.search", Role.Clerk, Role.Supervisor);
    public static readonly Permission View = new("people.view", Role.Clerk, Role.Supervisor);
    public static readonly Permission Reveal = new("people.reveal_number", Role.Clerk, Role.Supervisor);
    public static readonly Permission Adjudicate = new("people.adjudicate", Role.Clerk, Role.Supervisor);
    public static readonly Permission ConfirmMerge = new("people.confirm_merge", Role.Supervisor);
    public static readonly Permission Import = new("people.import", Role.Clerk, Role.Administrator);
    public static readonly Permission Export = new("people.export", Role.Clerk, Role.Supervisor);
    public static readonly Permission Correct = new("people.correct", Role.Clerk);
    public static readonly Permission Print = new("people.print", Role.Clerk);
    public static readonly Permission Proof = new("people.proof", Role.Clerk);
    public static readonly Permission Guardian = new("people.guardian", Role.Clerk);
    public static readonly Permission OwnFile = new("people.own_file", Role.Citizen);

    /// <summary>The role under which an act on the whole district is logged.</summary>
    public static Role RoleOf(Actor actor) => actor.Grants.Count > 0 ? actor.Grants[0].Role : Role.Citizen;
}
