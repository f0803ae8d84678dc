using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Platform.Staff;

internal sealed record StaffListModel(Actor Actor, IReadOnlyCollection<StaffLine> Lines, long Count, string Search, int At);

internal sealed record StaffModel(Actor Actor, StaffMember Member, StaffForm Form, FormErrors? Errors, string? Named = null);

internal sealed record JoinModel(StaffForm Form, FormErrors? Errors);

internal sealed record MoveModel(StaffMember Member, HeldGrant Held, StaffForm Form, FormErrors? Errors);
