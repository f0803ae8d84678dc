using Legwork.Platform.Access;

namespace Legwork.Cases.Rules;

/// <summary>What one may do to a case; who may, is said by the rules of its kind.</summary>
internal enum CaseRight
{
    /// <summary>One's own day with the questions and the subjects asked about.</summary>
    Day,

    /// <summary>Calling, visiting, answering, adding evidence. Which stage is whose is said by the stage.</summary>
    Act,

    /// <summary>One case with its history and the subject it is about.</summary>
    View,

    /// <summary>Lists and figures without any subject.</summary>
    List,
    Queue,

    /// <summary>Verifying an answer or sending it back; which answers need whom is said by the answer.</summary>
    Verify,

    /// <summary>Assigning, pausing, extending, handing over, reopening, substituting.</summary>
    Steer,
    Evidence,
}

/// <summary>
/// The roles of a kind of case: who has a day of calls and doors, who acts, verifies, steers and sees figures. What follows from those is
/// not written down: whoever acts, verifies or steers may look, and whoever of them has no day works from the queue. Where someone may, is
/// said by the scope of the grant.
/// </summary>
internal sealed class CaseAccess
{
    private readonly Permission[] permissions;

    public CaseAccess(IEnumerable<Role> day, IEnumerable<Role> act, IEnumerable<Role> verify, IEnumerable<Role> steer, IEnumerable<Role> figures)
    {
        (Role[] onTheWay, Role[] acting, Role[] verifying, Role[] steering) = ([.. day], [.. act], [.. verify], [.. steer]);
        Role[] looking = [.. acting, .. verifying, .. steering];
        permissions = [.. Enum.GetValues<CaseRight>().Select(right => right switch
        {
            CaseRight.Day => Of("cases.day", onTheWay),
            CaseRight.Act => Of("cases.act", acting),
            CaseRight.View => Of("cases.view", looking),
            CaseRight.List => Of("cases.list", [.. looking, .. figures]),
            CaseRight.Queue => Of("cases.queue", looking.Except(onTheWay)),
            CaseRight.Verify => Of("cases.verify", verifying),
            CaseRight.Steer => Of("cases.steer", steering),
            _ => Of("cases.evidence", looking),
        })];
    }

    private CaseAccess(Permission[] permissions) => this.permissions = permissions;

    public Permission this[CaseRight right] => permissions[(int)right];

    public IReadOnlyList<Role> Roles(CaseRight right) => permissions[(int)right].Roles;

    /// <summary>Whether the role works from a day of its own, alone in its place; a case given to one by name is then nobody else's.</summary>
    public bool HasDay(Role role) => permissions[(int)CaseRight.Day].Roles.Contains(role);

    /// <summary>What pages and lists over several kinds are opened by: whoever may for one of them.</summary>
    public static CaseAccess Union(IReadOnlyCollection<CaseAccess> all) => new([.. Enum.GetValues<CaseRight>().Select(right =>
        Of(all.First()[right].Code, all.SelectMany(access => access.Roles(right))))]);

    private static Permission Of(string code, IEnumerable<Role> roles) => new(code, [.. roles.Distinct().Order()]);
}
