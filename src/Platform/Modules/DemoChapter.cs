using Legwork.Platform.Access;

namespace Legwork.Platform.Modules;

/// <summary>A module's part of the demonstration. Chapters are told in order, each on what those before it have left.</summary>
/// <param name="Order">Lower is earlier: 10 lists of offices, 20 lists of clinics, 80 the past weeks' work.</param>
public sealed record DemoChapter(string Name, int Order, Func<DemoStory, Task> Tell);

/// <summary>A demonstration district while it is made.</summary>
/// <param name="Services">The district's services; its clock is the story's.</param>
/// <param name="Lists">Where the invented offices' lists lie.</param>
/// <param name="Came">The day on which the lists came, some weeks ago.</param>
/// <param name="Today">The day on which the story ends.</param>
public sealed record DemoStory(IServiceProvider Services, string Lists, DateOnly Came, DateOnly Today)
{
    /// <summary>The district's code.</summary>
    public required string District { get; init; }

    /// <summary>Tells what time it is in the story.</summary>
    public required Action<DateTimeOffset> Clock { get; init; }

    /// <summary>Brings what was told to whoever listens.</summary>
    public required Func<Task> Deliver { get; init; }

    /// <summary>Says what long work is doing: its name, and a share or a number of rows.</summary>
    public required Action<string, double> Progress { get; init; }

    /// <summary>Counts worth printing, by name: how many doses were taken in.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Published sign-ins beside those of the roles, with what each opens.</summary>
    public List<(DemonstrationSignIn SignIn, string Opens)> SignIns { get; } = [];

    /// <summary>What is told last, when the published sign-ins are there.</summary>
    public List<Func<Task>> WithSignIns { get; } = [];

    /// <summary>Where a role's published sign-in of a grid or street is put; the busiest grid. Null before anybody has said.</summary>
    public string? BusiestGrid { get; set; }
}
