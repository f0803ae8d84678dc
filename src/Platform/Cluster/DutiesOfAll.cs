using System.Net;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Cluster;

/// <summary>
/// The duties of a district with several nodes, each done on one of them. The node joins the others when the first duty is followed
/// here; until it has, and whenever it falls out, followers hear nothing and have to be content with looking now and then.
/// </summary>
internal sealed partial class DutiesOfAll : IDuties, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BeforeJoiningAgain = TimeSpan.FromSeconds(5);

    private readonly IPEndPoint address;
    private readonly string node;
    private readonly Store store;
    private readonly DutyBook book;
    private readonly ILoggerFactory logs;
    private readonly ILogger log;
    private readonly Dictionary<string, (Followers Followers, CancellationTokenSource Over)> followed = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource over = new();
    private volatile TaskCompletionSource<IGrainFactory> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan farewell = TimeSpan.FromSeconds(5);
    private Task? member;

    /// <exception cref="CannotOpenException">The address is not of the form 10.0.0.2:11111.</exception>
    public DutiesOfAll(string address, string node, Store store, IEnumerable<Duty> duties, TimeProvider clock, ILoggerFactory logs)
    {
        this.address = IPEndPoint.TryParse(address, out var parsed) && parsed.Port > 0 ? parsed
            : throw new CannotOpenException($"'{address}' is not where other nodes can reach this one. "
                + "Write the setting 'Cluster' as an IP address with a port, 10.0.0.2:11111.");
        (this.node, this.store, this.logs, log) = (node, store, logs, logs.CreateLogger<DutiesOfAll>());
        book = new DutyBook(duties.ToDictionary(duty => duty.Kind), clock);
    }

    public IDisposable Follow(string kind, string key, Action<string> hear)
    {
        if (!book.Known.ContainsKey(kind)) throw new KeyNotFoundException($"No duty is called {kind}.");
        var name = $"{kind}{DutyGrain.Between}{key}";
        Followers followers;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(over.IsCancellationRequested, this);
            member ??= Task.Run(Belong, CancellationToken.None);
            if (!followed.TryGetValue(name, out var here))
            {
                here = followed[name] = (new Followers(), CancellationTokenSource.CreateLinkedTokenSource(over.Token));
                _ = Task.Run(() => Keep(name, here.Followers, here.Over.Token), CancellationToken.None);
            }
            followers = here.Followers;
            followers.Add(hear);
        }
        return new Following(() =>
        {
            lock (gate)
            {
                if (!followers.Remove(hear) || !followed.Remove(name, out var here)) return;
                End(here.Over);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (!over.IsCancellationRequested) await over.CancelAsync();
        lock (gate)
        {
            foreach (var (_, end) in followed.Values) End(end);
            followed.Clear();
        }
        if (member is not null) await member;
        over.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // Cancelled first: whoever still waits for its token is released. Not disposed it would hang on this node's own end for good.
    private static void End(CancellationTokenSource end)
    {
        end.Cancel();
        end.Dispose();
    }

    /// <summary>Ends as a killed process does, without a word to the others; for trials.</summary>
    internal async Task Die()
    {
        farewell = TimeSpan.Zero;
        await DisposeAsync();
    }

    /// <summary>Says every little while that this node follows, which also has the duty done elsewhere when the node that did it is gone.</summary>
    private async Task Keep(string name, Followers followers, CancellationToken end)
    {
        var ear = new Ear(followers);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var grains = await joined.Task.WaitAsync(end);
                var (duty, reference) = (grains.GetGrain<IDutyGrain>(name), grains.CreateObjectReference<IDutyFollower>(ear));
                try
                {
                    while (await duty.Follow(reference).WaitAsync(end) is var word && joined.Task.IsCompleted)
                    {
                        if (word is not null) followers.Hear(word);
                        await Task.Delay(Renewal, end);
                    }
                }
                finally
                {
                    if (end.IsCancellationRequested && !over.IsCancellationRequested) duty.Leave(reference).Ignore();
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Its node died a moment ago, or this one fell out of the cluster: the next try finds it elsewhere.
                NotHeard(log, name, failure.Message);
                await Task.Delay(Renewal, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Joins the other nodes, and again when this one was taken for dead or could not join.</summary>
    private async Task Belong()
    {
        while (!over.IsCancellationRequested)
        {
            var fell = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var end = new CancellationTokenSource();
            try
            {
                using var silo = Silo.Build(address, node, store, book with { End = end.Token }, logs, () => fell.TrySetResult());
                await silo.StartAsync(over.Token);
                joined.TrySetResult(silo.Services.GetRequiredService<IGrainFactory>());
                await fell.Task.WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                joined = new TaskCompletionSource<IGrainFactory>(TaskCreationOptions.RunContinuationsAsynchronously);
                await end.CancelAsync();
                using var patience = new CancellationTokenSource(farewell);
                await silo.StopAsync(patience.Token);
            }
            catch (Exception failure) when (!over.IsCancellationRequested)
            {
                NotJoined(log, failure);
            }
            catch (Exception)
            {
                return; // It was stopped while it joined.
            }
            await Task.Delay(BeforeJoiningAgain, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This node does not belong to the others and tries again")]
    private static partial void NotJoined(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The duty {Name} is not heard of: {Why}")]
    private static partial void NotHeard(ILogger logger, string name, string why);

    /// <summary>What the node that does the duty speaks into.</summary>
    private sealed class Ear(Followers followers) : IDutyFollower
    {
        public Task Hear(string word)
        {
            followers.Hear(word);
            return Task.CompletedTask;
        }
    }
}
