using Legwork.Kernel;

namespace Legwork.Demo;

internal sealed class Household(int id)
{
    public int Id { get; } = id;

    public List<Resident> Members { get; } = [];

    /// <summary>Null for a household that only lives here.</summary>
    public Dwelling? RegisteredAt { get; set; }

    /// <summary>Null for one that is gone.</summary>
    public Dwelling? LivesAt { get; set; }

    public bool IsTenant { get; set; }

    public Resident Head => Members[0];
}

/// <summary>An invented person and what is true of him on the reference day; what offices make of it is decided when they write.</summary>
internal sealed class Resident
{
    public required int Id { get; init; }

    public required Household Household { get; init; }

    /// <summary>户主, 配偶, 子女 or 父母.</summary>
    public required string Relation { get; init; }

    public required Sex Sex { get; init; }

    public required DateOnly Birth { get; init; }

    public required PersonName Name { get; set; }

    public required string Number { get; init; }

    public string Phone { get; set; } = "";

    public string OldPhone { get; set; } = "";

    public string FormerName { get; set; } = "";

    public string? SecondNumber { get; set; }

    public Resident? Mother { get; set; }

    public Resident? Guardian { get; set; }

    public bool IsRegistered { get; set; }

    public DateOnly RegisteredSince { get; set; }

    public string CancelReason { get; set; } = "";

    public DateOnly CancelledOn { get; set; }

    public Dwelling? LivesAt { get; set; }

    /// <summary>常住, 租住 or 外出.</summary>
    public string LivesAs { get; set; } = "";

    /// <summary>参保状态 1, 2 or 3; empty for somebody who is not in the roll.</summary>
    public string RollStatus { get; set; } = "";

    public bool IsStudent { get; set; }

    public bool IsInBirths { get; set; }

    public DateOnly? Died { get; set; }

    /// <summary>Where somebody moved to; empty for one who stayed.</summary>
    public string MovedTo { get; set; } = "";

    /// <summary>Where somebody moved in from; empty for one who was here.</summary>
    public string MovedFrom { get; set; } = "";

    public string ElsewhereProvince { get; set; } = "";

    public bool ElsewhereIsNormal { get; set; }

    public int AgeOn(DateOnly day) => day.Year - Birth.Year - (day.DayOfYear < Birth.DayOfYear ? 1 : 0);
}
