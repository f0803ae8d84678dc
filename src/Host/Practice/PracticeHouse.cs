using Legwork.Host.Demonstration;
using Legwork.Host.Web;
using Legwork.Platform;

namespace Legwork.Host.Practice;

/// <summary>
/// Serves a practice copy of the district and, at the wiping hour of each night, another one in its place: the new copy is made while the old one
/// is still open, then the doors are shut for the seconds that a start takes, and what was practised is deleted.
/// </summary>
/// <param name="options">Those of the district itself; of them only what has nothing to do with its data is taken over.</param>
/// <param name="wipe">By the district's clock.</param>
internal sealed class PracticeHouse(DistrictOptions options, PracticeFolder folder, int people, TimeOnly wipe, TimeProvider clock, Action<string> say,
    Action<IServiceCollection>? change = null)
{
    /// <summary>How what is said of an open copy begins.</summary>
    public const string OpenAt = "Practice is open at";

    private static readonly TimeSpan AgainAfter = TimeSpan.FromHours(1);

    /// <summary>Where the copy just open is served; null while the doors are shut.</summary>
    public WebApplication? Open { get; private set; }

    public async Task Run(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var until = NextWipe(clock.GetUtcNow(), wipe);
            var copy = folder.Current(until.AddDays(-1)) ?? await Make();
            folder.Wipe(but: copy);
            if (!await Serve(copy, until, over)) return;
        }
    }

    /// <summary>The next time the clock strikes the hour, strictly later.</summary>
    public static DateTimeOffset NextWipe(DateTimeOffset now, TimeOnly wipe)
    {
        var today = Calendar.StartOf(Calendar.DayOf(now)) + wipe.ToTimeSpan();
        return today > now ? today : today.AddDays(1);
    }

    /// <summary>The settings of a copy: its own storage, keys and node, and no address that anything could leave by.</summary>
    public DistrictOptions Of(string copy, DateTimeOffset until) => new(options.Modules)
    {
        Data = copy,
        Listen = options.Listen,
        District = options.District,
        Proxies = options.Proxies,
        SessionMinutesMax = options.SessionMinutesMax,
        SessionIdleMinutesMax = options.SessionIdleMinutesMax,
        Running = options.Running,
        Waiting = options.Waiting,
        Demonstration = true,
        IsPractice = true,
        WipedAt = until,
        Real = options.Real,
    };

    private async Task<string> Make()
    {
        say("Making a practice copy with invented people…");
        var copy = folder.Begin(clock.GetUtcNow());
        // Another seed each night: nobody learns the invented people by heart.
        await DemonstrationDistrict.Make(Of(copy, clock.GetUtcNow()), people, (ulong)clock.Today().DayNumber, quiet: true);
        PracticeFolder.Finish(copy);
        return copy;
    }

    private async Task<bool> Serve(string copy, DateTimeOffset until, CancellationToken over)
    {
        var settings = Of(copy, until);
        using var alone = BeforeServing.Check(settings, begin: false);
        await using var app = WebServer.Build(settings, [], change);
        await app.StartAsync(over);
        Open = app;
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(over, app.Lifetime.ApplicationStopping);
        var night = Replaced(until, stopped.Token);
        // Said when the night is waited for: whoever hears it may let it come.
        say($"{OpenAt} {string.Join(", ", app.Urls)}; it is wiped at {Calendar.Local(until):yyyy-MM-dd HH:mm}.");
        var replaced = await night;
        Open = null;
        await app.StopAsync(CancellationToken.None);
        return replaced;
    }

    /// <summary>The night's new copy, made while the old one is still open; false when the server is shut before.</summary>
    private async Task<bool> Replaced(DateTimeOffset until, CancellationToken stopped)
    {
        for (var at = until; await Reached(at, stopped); at = clock.GetUtcNow() + AgainAfter)
            try
            {
                await Make();
                return true;
            }
            catch (Exception failed) when (failed is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                say($"The new practice copy could not be made ({failed.Message}); the old one stays open for another hour.");
            }
        return false;
    }

    private async Task<bool> Reached(DateTimeOffset until, CancellationToken stopped)
    {
        try
        {
            if (until - clock.GetUtcNow() is { Ticks: > 0 } left) await Task.Delay(left, clock, stopped);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
