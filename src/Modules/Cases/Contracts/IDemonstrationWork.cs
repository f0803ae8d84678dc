namespace Legwork.Cases.Contracts;

/// <summary>
/// The past weeks of a demonstration district: invented workers answer, others verify, so that the board has a history and the queue
/// something to do. In any other district it refuses to start.
/// </summary>
public interface IDemonstrationWork
{
    /// <summary>Works on every working day after the first up to, but without, the last.</summary>
    /// <param name="clock">Told what time it is before the work of each half day.</param>
    /// <param name="deliver">Brings the events of a half day to whoever listens.</param>
    /// <returns>How many cases were closed.</returns>
    Task<int> Run(DateOnly first, DateOnly last, Action<DateTimeOffset> clock, Func<Task> deliver, Action<double>? progress = null);
}
