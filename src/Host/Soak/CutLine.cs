using System.Net;
using System.Net.Sockets;

namespace Legwork.Host.Soak;

/// <summary>
/// A line between a node and its storage that can be cut: while it is, nothing comes through in either direction and neither side is
/// told, as when a cable is pulled. What was under way stays under way until it is mended.
/// </summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly int to;
    private int accepted;
    private readonly Task work;
    private volatile TaskCompletionSource whole = Mended();

    public CutLine(int to)
    {
        this.to = to;
        listener.Start();
        work = Accept();
    }

    /// <summary>How often somebody began to speak over it.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        if (whole.Task.IsCompleted) whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Mend() => whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        Mend();
        listener.Dispose();
        await work;
        over.Dispose();
    }

    private async Task Accept()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                var near = await listener.AcceptTcpClientAsync(over.Token);
                Interlocked.Increment(ref accepted);
                _ = Carry(near);
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Carry(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
        {
            try
            {
                near.NoDelay = true;
                await whole.Task;
                await far.ConnectAsync(IPAddress.Loopback, to, over.Token);
                // One direction that ends, ends both, as a closed connection does.
                await Task.WhenAny(Pass(near.GetStream(), far.GetStream()), Pass(far.GetStream(), near.GetStream()));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side hung up.
            }
        }
    }

    private async Task Pass(NetworkStream from, NetworkStream into)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReadAsync(bytes, over.Token)) > 0;)
            {
                await whole.Task;
                await into.WriteAsync(bytes.AsMemory(0, read), over.Token);
            }
            await whole.Task;
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await whole.Task;
        }
    }

    private static TaskCompletionSource Mended()
    {
        var mended = new TaskCompletionSource();
        mended.SetResult();
        return mended;
    }
}
