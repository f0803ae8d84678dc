namespace Legwork.Platform.Access;

/// <summary>
/// A role by its stable code, <c>GridWorker</c>. The module whose work it is declares it in its <c>Rules/access.yaml</c>
/// (<see cref="RoleRule"/>) and calls it in three languages as <c>role.GridWorker</c>; those that several modules share are Platform's.
/// What a role may do is said by permissions; where, by the scope of its grant.
/// </summary>
public readonly record struct Role(string Code) : IComparable<Role>
{
    public static readonly Role Citizen = new("Citizen");
    public static readonly Role Clerk = new("Clerk");
    public static readonly Role Supervisor = new("Supervisor");
    public static readonly Role Officer = new("Officer");
    public static readonly Role Auditor = new("Auditor");
    public static readonly Role Administrator = new("Administrator");

    /// <summary>A system outside that is told what happens here; nobody of the staff holds it.</summary>
    public static readonly Role Receiver = new("Receiver");

    public override string ToString() => Code;

    public int CompareTo(Role other) => string.CompareOrdinal(Code, other.Code);

    /// <summary>As rule files and histories write it: <c>grid_worker</c>.</summary>
    public string Word => string.Concat(Code.Select((letter, i) => (char.IsUpper(letter) && i > 0 ? "_" : "") + char.ToLowerInvariant(letter)));

    /// <summary>As rule files write it: <c>GridWorker</c> of <c>grid_worker</c>.</summary>
    public static Role Named(string word) =>
        new(string.Concat(word.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..])));
}

/// <summary>
/// A place by its code: city 1101, district 110101, street 110101006, community 110101006001, grid 110101006001-G03.
/// A code covers every code that begins with it, which is how GB/T 2260 and GB/T 10114 codes nest.
/// </summary>
public readonly record struct Scope(string Code)
{
    public bool Covers(string? place) => place is not null && Code.Length > 0
        && place.StartsWith(Code, StringComparison.Ordinal)
        && (place.Length == Code.Length || IsLevel(Code));

    /// <summary>The same rule for SQL: true in the rows whose column holds a place that this scope covers.</summary>
    /// <param name="value">How the statement names the parameter that holds <see cref="Code"/>.</param>
    public string Covers(string column, string value) => Code.Length == 0 ? $"1 = 0 and {column} = {value}"
        : IsLevel(Code) ? $"substr({column}, 1, {Code.Length}) = {value}" : $"{column} = {value}";

    /// <summary>The same rule asked from below: the codes of all scopes that cover a place, for a column that holds scopes.</summary>
    public static IReadOnlyList<string> Over(string? place) => place is not { Length: > 0 } ? []
        : [.. Levels.Where(digits => digits < place.Length).Select(digits => place[..digits]).Where(IsLevel), place];

    public ScopeLevel Level => Code.Contains('-') ? ScopeLevel.Grid : Code.Length switch
    {
        <= 4 => ScopeLevel.City,
        6 => ScopeLevel.District,
        9 => ScopeLevel.Street,
        _ => ScopeLevel.Community,
    };

    public override string ToString() => Code;

    /// <summary>Province, city, district, street, community. What lies below, or is written in anything but digits, covers itself alone.</summary>
    private static readonly int[] Levels = [2, 4, 6, 9, 12];

    private static bool IsLevel(string code) => code.Length is 2 or 4 or 6 or 9 or 12 && !code.AsSpan().ContainsAnyExceptInRange('0', '9');
}

public enum ScopeLevel
{
    City,
    District,
    Street,
    Community,
    Grid,
}

/// <summary>A role held in a place for a time; <see cref="Until"/> is the first day it no longer holds.</summary>
public sealed record Grant(Role Role, Scope Scope, DateOnly From, DateOnly? Until)
{
    public bool HoldsOn(DateOnly day) => day >= From && (Until is null || day < Until);
}

/// <summary>Who acts: an account with the grants that hold now. A citizen's account names the file it may see.</summary>
public sealed record Actor(Guid Account, string Name, string SignIn, IReadOnlyList<Grant> Grants, Guid? Person = null,
    bool MustChangePassword = false)
{
    /// <summary>The machine itself, for work that no person started; it reads and writes under its own name in the log.</summary>
    public static readonly Actor System = new(Guid.Empty, "system", "system",
        [new Grant(Role.Administrator, new Scope(""), DateOnly.MinValue, null)]);

    /// <summary>
    /// In whose name this is done while somebody stands in: the grants are theirs, the hands are <see cref="Account"/>'s, and <see cref="Name"/>
    /// tells both. Null for whoever acts in the own name.
    /// </summary>
    public (Guid Account, string Name)? For { get; init; }

    /// <summary>Both names, as histories and the log of reads keep them: 次仁（代 卓玛）, who acted before whom it was done for.</summary>
    public static string NameFor(string deputy, string absent) => $"{deputy}（代 {absent}）";

    /// <summary>The other way round; the second is null in a name of one.</summary>
    public static (string Deputy, string? Absent) NamesIn(string name) =>
        name.EndsWith('）') && name.LastIndexOf("（代 ", StringComparison.Ordinal) is > 0 and var at
            ? (name[..at], name[(at + 3)..^1]) : (name, null);

    /// <summary>The own account or that in whose name this is done: what two must do, no two of these do.</summary>
    public bool Is(Guid? account) => account is { } one && (one == Account || one == For?.Account);

    public bool Holds(Role role) => Grants.Any(grant => grant.Role == role);

    public bool Holds(Role role, string place) => Grants.Any(grant => grant.Role == role && grant.Scope.Covers(place));

    /// <summary>Where this actor may use the permission; empty when nowhere.</summary>
    public IReadOnlyList<Scope> Where(Permission permission) =>
        [.. Grants.Where(grant => permission.Admits(grant.Role)).Select(grant => grant.Scope).Distinct()];

    public bool May(Permission permission) => Grants.Any(grant => permission.Admits(grant.Role));

    public bool May(Permission permission, string? place) =>
        Grants.Any(grant => permission.Admits(grant.Role) && grant.Scope.Covers(place));

    /// <summary>The role named in the log: the first that gives the permission.</summary>
    public Role RoleFor(Permission permission) => Grants.First(grant => permission.Admits(grant.Role)).Role;
}

/// <summary>
/// One thing that may be done, and by which roles. Every route and page carries exactly one (or says that it is public);
/// what carries none is refused at start.
/// </summary>
/// <param name="Code">Stable, <c>module.verb</c>.</param>
/// <param name="Roles">Empty is nobody.</param>
public sealed record Permission(string Code, params Role[] Roles)
{
    /// <summary>For whoever holds a role, whichever it is.</summary>
    public static Permission OfEveryRole(string code) => new(code) { EveryRole = true };

    public bool EveryRole { get; private init; }

    public bool Admits(Role role) => EveryRole || Roles.Contains(role);

    public override string ToString() => Code;
}
