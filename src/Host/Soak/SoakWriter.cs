using Legwork.Cases.Contracts;
using Legwork.Messages.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Soak;

/// <summary>
/// Writes until it is killed and says on standard output, a line each and only after the storage called the write durable, what was
/// acknowledged: <c>setting NAME</c>, <c>read DETAIL</c>, <c>opened SUBJECT</c>, <c>withdrawn SUBJECT</c>, <c>told WHOM</c>. What is told is handed
/// over meanwhile.
/// </summary>
internal sealed class SoakWriter(Store store, ReadLog log, ICases cases, IMessages messages, Func<Task> tellOutside, TextWriter acknowledged,
    string run)
{
    public const string Prefix = "soak/";
    private const string Place = "540102006001-G01";
    private const string Kind = "empty_registration";

    private readonly Lock guard = new();

    /// <param name="turns">Turns of each worker; each is five acknowledgements.</param>
    /// <param name="handsOver">Hands over meanwhile what is told, to people and to the receiver outside.</param>
    public async Task Write(int workers, int turns, bool handsOver)
    {
        using var over = new CancellationTokenSource();
        var handing = Task.Run(async () =>
        {
            while (handsOver && !over.IsCancellationRequested)
            {
                await messages.HandOver(CancellationToken.None);
                await tellOutside();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var turn = 0; turn < turns; turn++) await Turn($"{Prefix}{run}/{worker}/{turn}");
        })));
        await over.CancelAsync();
        await handing;
    }

    private async Task Turn(string name)
    {
        await store.Write(session => session.Execute("insert into platform_setting (name, value) values (@name, 'soak')", new { name }));
        Say("setting", name);
        await log.Append(new ReadEntry(Actor.System.Account, Actor.System.Name, Role.Administrator, "statistics", "soak.read", [], "all", name));
        Say("read", name);
        var opened = await store.Write(session => cases.Open(session, new OpenCase(Kind, name, "soak", Place, "", "", Reachable: false)));
        if (opened.Refusal is { } refusal) throw new InvalidOperationException(refusal.ToString());
        Say("opened", name);
        await store.Write(session => cases.Withdraw(session, Kind, name, "soak", "the data answered"));
        Say("withdrawn", name);
        await store.Write(session => messages.Tell(session, new Message("correction_answered", name, name, Place,
            [Word.Plain("1"), Word.Plain("2")])));
        Say("told", name);
    }

    private void Say(string what, string name)
    {
        lock (guard) acknowledged.WriteLine($"{what} {name}");
    }
}
