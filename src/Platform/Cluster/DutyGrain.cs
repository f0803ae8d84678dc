using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Legwork.Platform.Cluster;

/// <summary>A node that follows a duty done elsewhere.</summary>
internal interface IDutyFollower : IGrainObserver
{
    [OneWay]
    Task Hear(string word);
}

/// <summary>One duty, by kind and key, on whichever node it is done.</summary>
internal interface IDutyGrain : IGrainWithStringKey
{
    /// <summary>Said again every little while: who is not heard of for longer is forgotten.</summary>
    /// <returns>The last word, or null when none was said yet.</returns>
    Task<string?> Follow(IDutyFollower follower);

    Task Leave(IDutyFollower follower);
}

/// <summary>The duties that a node can be given, with the clock of the server around it.</summary>
/// <param name="End">A node that fell out of the cluster does no duty: another does it already.</param>
internal sealed record DutyBook(IReadOnlyDictionary<string, Duty> Known, TimeProvider Clock, CancellationToken End = default);

internal sealed class DutyGrain(DutyBook book, ILogger<DutyGrain> log) : Grain, IDutyGrain
{
    /// <summary>Between a kind and a key.</summary>
    public const char Between = '|';

    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);

    private readonly Dictionary<IDutyFollower, long> followers = [];
    private Doing? doing;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(ForgetAndRest, new GrainTimerCreationOptions(Forgotten, Forgotten) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task<string?> Follow(IDutyFollower follower)
    {
        followers[follower] = Environment.TickCount64;
        if (doing is null)
        {
            var (kind, key) = Named();
            // The duty runs beside the grain; what it says is passed on from within, one word after the other.
            var within = TaskScheduler.Current;
            void Tell(string word) => _ = Task.Factory.StartNew(() => PassOn(word), CancellationToken.None, TaskCreationOptions.None, within);
            doing = new Doing(book.Known[kind], key, Tell, book.Clock, log, book.End);
        }
        return Task.FromResult(doing.Last);
    }

    public Task Leave(IDutyFollower follower)
    {
        followers.Remove(follower);
        Rest();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        doing?.Dispose();
        return Task.CompletedTask;
    }

    private void PassOn(string word)
    {
        foreach (var follower in followers.Keys) follower.Hear(word).Ignore();
    }

    private Task ForgetAndRest()
    {
        var before = Environment.TickCount64 - (long)Forgotten.TotalMilliseconds;
        foreach (var (follower, heard) in followers.ToList())
            if (heard < before) followers.Remove(follower);
        Rest();
        return Task.CompletedTask;
    }

    private void Rest()
    {
        if (followers.Count > 0)
        {
            DelayDeactivation(Forgotten * 2);
            return;
        }
        doing?.Dispose();
        doing = null;
        DeactivateOnIdle();
    }

    private (string Kind, string Key) Named()
    {
        var name = this.GetPrimaryKeyString();
        var between = name.IndexOf(Between, StringComparison.Ordinal);
        return (name[..between], name[(between + 1)..]);
    }
}
