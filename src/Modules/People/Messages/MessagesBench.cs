using System.Diagnostics;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Messages;

/// <summary>10,000 messages to invented people: planned, addressed from their files with a look in the log each, and handed over in files.</summary>
internal static class MessagesBench
{
    private const int Messages = 10_000;

    public static readonly ModuleBench Bench = new("messages", "Messages planned and handed over, each once, durable.", Run);

    private static async Task<IReadOnlyList<Measured>> Run(BenchPlace place)
    {
        var lists = place.Invent(Messages);
        await using var district = place.OpenAt(new Midday());
        if (!(await district.GetRequiredService<IRegisters>().TakeFolder(lists, Actor.System)).AllTaken)
            throw new InvalidOperationException("The demonstration's own files were refused.");
        var (store, book) = (district.GetRequiredService<Store>(), district.GetRequiredService<IMessages>());
        var whom = store.Read(session => session.Query<Guid>("select id from people_file where state = 'open' order by id limit @Messages",
            new { Messages }));
        var started = Stopwatch.GetTimestamp();
        foreach (var some in whom.Chunk(Store.RowsPerUnit))
            await store.Write(session =>
            {
                foreach (var person in some)
                    book.Tell(session, new Message("correction_answered", PersonSubject.Prefix + person, $"bench/{person}", place.Code,
                        [Word.Called("联系电话"), Word.Text("people.correction.accepted")]));
            });
        var planned = Stopwatch.GetElapsedTime(started);
        await book.HandOver(CancellationToken.None);
        var all = Stopwatch.GetElapsedTime(started);
        return
        [
            new Measured("messages", whom.Count, ""),
            new Measured("planned", planned.TotalSeconds, "s"),
            new Measured("planned and handed over", all.TotalSeconds, "s", 10, "the bar"),
            .. (await book.States(CancellationToken.None)).Select(state => new Measured($"of them {state.Key}", state.Value, "")),
        ];
    }

    /// <summary>By day, since at night nobody is sent a short message: the machine's time as it would be had the bench begun at noon.</summary>
    private sealed class Midday : TimeProvider
    {
        private readonly TimeSpan ahead = Platform.Calendar.StartOf(Platform.Calendar.Today(System)).AddHours(12) - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
