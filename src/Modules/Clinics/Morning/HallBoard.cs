using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Legwork.Clinics.Plan;
using Legwork.Platform;
using Legwork.Platform.Cluster;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Legwork.Clinics.Morning;

/// <param name="Name">With the middle covered: 扎＊＊仁.</param>
/// <param name="Id">Grows with every call: what the screen has spoken already it does not speak again.</param>
internal sealed record HallCall(long Id, long Number, string Room, string Name, DateTimeOffset At);

internal sealed record HallView(Clinic Clinic, DateOnly Day, DateTimeOffset At, IReadOnlyList<HallCall> Calls, int Waiting, int Minutes);

/// <summary>
/// What a hall's screen shows: the last calls, and that something changed. One node looks for all who watch a clinic,
/// however many screens and phones.
/// </summary>
internal sealed class HallBoard(Store store, MorningBook morning, IDuties duties, IHostApplicationLifetime host,
    TimeProvider clock)
{
    public const string Kind = "clinics.hall";
    private const int Shown = 5;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StillEvery = TimeSpan.FromSeconds(5);

    /// <summary>Looks how far a clinic's morning is while anybody follows it, and says it.</summary>
    public static Duty Duty(IServiceProvider services) => new(Kind, async (clinic, tell, over) =>
    {
        var (store, clock) = (services.GetRequiredService<Store>(), services.GetRequiredService<TimeProvider>());
        using var timer = new PeriodicTimer(Between, clock);
        do tell(await Mark(store, clinic, clock.Today(), over));
        while (await timer.WaitForNextTickAsync(over));
    });

    public async Task<HallView> Show(Clinic clinic, CancellationToken cancel)
    {
        var day = clock.Today();
        var calls = await store.ReadAsync(session => session.QueryAsync<HallCall>("""
            select c.id, c.number, c.room, v.called_as as name, c.at from clinics_call c join clinics_visit v on v.id = c.visit
            where c.clinic = @Code and c.day = @day order by c.id desc limit @Shown
            """, new { clinic.Code, day, Shown = (long)Shown }), cancel);
        var line = await morning.Clock(clinic, day, cancel);
        return new HallView(clinic, day, clock.GetUtcNow(), calls, line.Marks.Count, line.Minutes(line.Marks.Count));
    }

    /// <summary>An event <c>changed</c> for each change, and <c>still</c> now and then, by which a screen knows that it is not stale.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(string clinic, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.ApplicationStopping);
        var wakes = Channel.CreateBounded<string>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropOldest });
        using var following = duties.Follow(Kind, clinic, mark => wakes.Writer.TryWrite(mark));
        using var timer = clock.CreateTimer(_ => wakes.Writer.TryWrite(""), null, StillEvery, StillEvery);
        var (began, shown) = (clock.GetUtcNow(), "");
        yield return new SseItem<string>("", "still");
        while (await Next(wakes.Reader, over.Token) is { } mark && clock.GetUtcNow() - began < Lasts)
        {
            var news = mark.Length > 0 && mark != shown;
            if (news) shown = mark;
            yield return new SseItem<string>("", news ? "changed" : "still");
        }
    }

    /// <summary>扎＊＊仁: enough for who is called to know it, and for nobody else to learn it.</summary>
    public static string Covered(string name)
    {
        var letters = StringInfo.GetTextElementEnumerator(name);
        var all = new List<string>();
        while (letters.MoveNext()) all.Add(letters.GetTextElement());
        return all.Count switch
        {
            0 => "",
            1 => all[0],
            2 => all[0] + "＊",
            _ => all[0] + new string('＊', all.Count - 2) + all[^1],
        };
    }

    private static async Task<string> Mark(Store store, string clinic, DateOnly day, CancellationToken cancel) =>
        (await store.ReadAsync(session => session.FirstAsync<long?>(
                "select changes from clinics_day where clinic = @clinic and day = @day", new { clinic, day }), cancel)
            ?? 0).ToString(CultureInfo.InvariantCulture) + " " + day.DayNumber.ToString(CultureInfo.InvariantCulture);

    private static async Task<string?> Next(ChannelReader<string> wakes, CancellationToken over)
    {
        try
        {
            return await wakes.ReadAsync(over);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
