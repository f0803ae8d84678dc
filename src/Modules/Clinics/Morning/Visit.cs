using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Legwork.Clinics.Plan;
using Legwork.Kernel;

namespace Legwork.Clinics.Morning;

/// <summary>Where a visit stands, as it is stored.</summary>
internal static class VisitState
{
    /// <summary>Has a place, and did not come yet.</summary>
    public const string Booked = "booked";

    /// <summary>Drew a number, and waits for the questions before the vaccination.</summary>
    public const string Arrived = "arrived";

    /// <summary>Was asked and found fit; waits for the counter.</summary>
    public const string Fit = "fit";

    /// <summary>An answer or the temperature leads to the doctor's table.</summary>
    public const string ToDoctor = "to_doctor";

    /// <summary>Is registered, and waits to be called to a table.</summary>
    public const string Waiting = "waiting";
    public const string Called = "called";

    /// <summary>Was vaccinated, and stays for a while.</summary>
    public const string Observed = "observed";
    public const string Done = "done";
    public const string Cancelled = "cancelled";
    public const string NoShow = "no_show";

    /// <summary>A doctor put it off to another day.</summary>
    public const string Deferred = "deferred";

    /// <summary>Went away before the vaccination.</summary>
    public const string Gone = "gone";

    public static readonly IReadOnlyList<string> Inside = [Arrived, Fit, ToDoctor, Waiting, Called, Observed];

    public static readonly IReadOnlyList<string> Over = [Done, Cancelled, NoShow, Deferred, Gone];
}

/// <summary>One visit of one child as it stands at one version.</summary>
/// <param name="Minute">After midnight, of the half hour that was booked; null for who comes without.</param>
/// <param name="CalledAs">The name with its middle covered, for the screen of the hall.</param>
/// <param name="Party">Children who come together share it.</param>
/// <param name="Products">The vaccines for which places were booked or which were registered.</param>
/// <param name="Number">0 until one was drawn.</param>
/// <param name="Room">The table at which it was called, <c>1</c>; empty before.</param>
/// <param name="Mark">Its place in the line; see <see cref="FairLine"/>.</param>
internal sealed record Visit(Guid Id, string Clinic, DateOnly Day, int? Minute, string Lane, PersonId Person, bool Child, string CalledAs, Guid Party,
    IReadOnlyList<string> Products, string State, int Number, string Room, long Mark, int Passes, DateTimeOffset? ReadyAt,
    DateTimeOffset? CalledAt, DateTimeOffset? GivenAt, DateTimeOffset? UntilAt, DateTimeOffset? OverAt, DateTimeOffset MadeAt, long Version)
{
    public bool IsOver => VisitState.Over.Contains(State);

    public bool IsInside => VisitState.Inside.Contains(State);

    public string Slot => Minute is { } minute ? DayPlan.Clock(minute) : "";

    /// <summary>The moment at which its half hour begins; null without one.</summary>
    public DateTimeOffset? At => Minute is { } minute ? Platform.Calendar.StartOf(Day).AddMinutes(minute) : null;
}

/// <summary>What of a visit an act changes, and taking the act back restores.</summary>
internal sealed record Stand(string State, string Lane, IReadOnlyList<string> Products, string Room, long Mark, int Passes,
    long? ReadyAt, long? CalledAt,
    long? GivenAt, long? UntilAt, long? OverAt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Stand Of(Visit visit) => new(visit.State, visit.Lane, visit.Products, visit.Room, visit.Mark, visit.Passes,
        Ms(visit.ReadyAt), Ms(visit.CalledAt), Ms(visit.GivenAt), Ms(visit.UntilAt), Ms(visit.OverAt));

    public Visit On(Visit visit) => visit with
    {
        State = State,
        Lane = Lane,
        Products = Products,
        Room = Room,
        Mark = Mark,
        Passes = Passes,
        ReadyAt = At(ReadyAt),
        CalledAt = At(CalledAt),
        GivenAt = At(GivenAt),
        UntilAt = At(UntilAt),
        OverAt = At(OverAt),
    };

    public string Written() => JsonSerializer.Serialize(this, Json);

    public static Stand Read(string written) => JsonSerializer.Deserialize<Stand>(written, Json)
        ?? throw new InvalidOperationException("An act of a visit has lost how the visit stood.");

    private static long? Ms(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>Who acts, where and when. Nothing else is decided upon.</summary>
/// <param name="Room">The counter, the doctor's table or a number of an injection table; empty for a telephone.</param>
internal sealed record At(string Room, DateTimeOffset Now, ClinicRules Rules)
{
    public const string Counter = "counter", Doctor = "doctor", Hall = "hall";

    public string Local => Platform.Calendar.Local(Now).ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What an act leads to.</summary>
/// <param name="Told">Sealed with the act: what was answered, the temperature, the reason of a doctor.</param>
/// <param name="Call">What the hall hears of it: <c>call</c>, <c>recall</c>; null when nothing.</param>
internal sealed record VisitStep(Visit After, string Act, string Note = "", string? Told = null, string? Call = null)
{
    /// <summary>Draws the next number of the morning if the visit has none.</summary>
    public bool DrawsNumber { get; init; }

    /// <summary>Goes to the end of its line.</summary>
    public bool QueuesUp { get; init; }

    /// <summary>So many places back in the line of all.</summary>
    public int StepsBack { get; init; }

    /// <summary>The place booked is free again, with what was promised for it.</summary>
    public bool FreesPlace { get; init; }

    /// <summary>The doses promised are no longer waited for.</summary>
    public bool FreesPromise { get; init; }

    /// <summary>They are waited for again.</summary>
    public bool PromisesAgain { get; init; }

    /// <summary>The step that this act takes back.</summary>
    public long? TakesBack { get; init; }
}
